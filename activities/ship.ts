import { ApplicationFailure } from '@temporalio/common';
import type { LabelContent, PackingSlipContent } from '../domain/documents';
import { documentIdOf } from '../domain/ids';
import { aboutOrder, mailLines, mailTo } from '../domain/order/mail-parts';
import type { Carrier } from '../ports/carrier';
import type { BookingFacts } from '../store/fulfillment/record-booking';
import type { OrderStep } from '../store/order/record-step';
import type { ActivityDependencies } from './dependencies';
import { moveMoney } from './pay';

export interface FulfillmentStep {
  orderId: string;
  fulfillmentId: string;
  at: string;
}

export type SettlementResult = { outcome: 'captured' } | { outcome: 'declined'; message: string };

export type BookingOutcome = { outcome: 'booked'; carrier: string } | { outcome: 'refused'; message: string };

export function createShipActivities(dependencies: ActivityDependencies) {
  const { store, carriers, links } = dependencies;

  async function bookWith(carrier: Carrier, step: FulfillmentStep, facts: BookingFacts) {
    const { order } = facts;
    const booking = await carrier.book({
      key: `${step.fulfillmentId}:book`,
      direction: 'outbound',
      service: order.shipping.method,
      orderNumber: order.number,
      sender: { ...facts.location.address, name: facts.seller },
      recipient: order.shippingAddress,
      parcels: facts.packages.map(({ sscc, weightGrams }) => ({ sscc, weightGrams })),
      eventsUrl: links.carrierEvents(carrier.code),
    });
    if (booking.outcome === 'refused') return booking;
    const parcels = facts.packages.map((parcel) => {
      const booked = booking.parcels.find(({ sscc }) => sscc === parcel.sscc);
      if (!booked) throw new Error(`${carrier.code} booked nothing for ${parcel.sscc}`);
      return {
        packageId: parcel.id,
        trackingNumber: booked.trackingNumber,
        trackingUrl: booked.trackingUrl,
        labelDocumentId: documentIdOf(order.id, `label_${parcel.sscc}`),
      };
    });
    await store.recordBooking({
      carrier: carrier.code,
      parcels,
      step: bookedStep(carrier, step, facts, parcels),
    });
    return { outcome: 'booked' as const };
  }

  return {
    /** Books the carrier for a packed fulfillment; labels and packing slip become documents of the order. */
    async bookShipment(step: FulfillmentStep): Promise<BookingOutcome> {
      const facts = await store.readBookingFacts(step.fulfillmentId);
      if (facts.packages.length === 0)
        throw ApplicationFailure.nonRetryable(`${step.fulfillmentId} has no packages`, 'NothingPacked');
      const refusals: string[] = [];
      for (const carrier of carriers) {
        const booking = await bookWith(carrier, step, facts);
        if (booking.outcome === 'booked') return { outcome: 'booked', carrier: carrier.code };
        refusals.push(`${carrier.name}: ${booking.message}`);
      }
      await store.recordStep(refusedStep(step, refusals.join('; ')));
      return { outcome: 'refused', message: refusals.join('; ') };
    },

    /** What left is paid for: captures the shipment's share of each tender and tells the customer. */
    async settleShipment(step: FulfillmentStep & { attempt: number }): Promise<SettlementResult> {
      const { movements } = await store.chargeFulfillment(step);
      const due = movements.filter((movement) => movement.method !== 'cashOnDelivery');
      const answers = [];
      for (const movement of due)
        answers.push(await moveMoney(dependencies, movement, step.orderId, step.attempt));
      const declined = answers.find((answer) => answer.outcome === 'declined');
      const facts = await store.readShipment(step.fulfillmentId);
      await tellCarriers(carriers, step.fulfillmentId, facts.parcels);
      await store.settleMovements({
        answers,
        step: {
          orderId: step.orderId,
          at: step.at,
          events: [
            declined
              ? {
                  key: `captureDeclined:${step.fulfillmentId}:${step.attempt}`,
                  type: 'captureDeclined',
                  actor: 'system',
                  data: { fulfillmentId: step.fulfillmentId, message: declined.message },
                }
              : {
                  key: `captured:${step.fulfillmentId}`,
                  type: 'paymentCaptured',
                  actor: 'system',
                  data: {
                    fulfillmentId: step.fulfillmentId,
                    parts: due.map(({ paymentId, method, amount, currency }) => ({
                      paymentId,
                      method,
                      amount,
                      currency,
                    })),
                  },
                },
          ],
          mails: shippedMails(facts, step, links.orderPage(step.orderId)),
        },
      });
      return declined ? { outcome: 'declined', message: declined.message } : { outcome: 'captured' };
    },

    /** Takes a booking back that was not handed over. */
    async cancelBooking(step: FulfillmentStep): Promise<void> {
      for (const carrier of carriers)
        await carrier.cancel({
          key: `${step.fulfillmentId}:unbook`,
          bookingKey: `${step.fulfillmentId}:book`,
        });
    },
  };
}

/** Most carriers see a hand-over by their first scan; some want to be told. */
async function tellCarriers(
  carriers: readonly Carrier[],
  fulfillmentId: string,
  parcels: readonly { carrier: string; trackingNumber: string }[],
): Promise<void> {
  for (const carrier of carriers) {
    const theirs = parcels.filter((parcel) => parcel.carrier === carrier.code);
    const trackingNumbers = theirs.map((parcel) => parcel.trackingNumber);
    if (trackingNumbers.length > 0)
      await carrier.handOver?.({ key: `${fulfillmentId}:handover`, trackingNumbers });
  }
}

type Parcels = Parameters<ActivityDependencies['store']['recordBooking']>[0]['parcels'];

function bookedStep(
  carrier: Carrier,
  step: FulfillmentStep,
  facts: BookingFacts,
  parcels: Parcels,
): OrderStep {
  const labels = facts.packages.map((parcel, index) => ({
    id: parcels[index]!.labelDocumentId,
    title: `Label ${parcels[index]!.trackingNumber}`,
    content: labelOf(carrier, facts, index, parcels[index]!.trackingNumber),
  }));
  const slip = {
    id: documentIdOf(step.orderId, `slip_${step.fulfillmentId.split('_').slice(2).join('_')}`),
    title: `Packing slip ${facts.order.number}`,
    content: slipOf(step, facts, parcels),
  };
  return {
    orderId: step.orderId,
    at: step.at,
    documents: [...labels, slip],
    searchWords: parcels.map((parcel) => parcel.trackingNumber),
    events: [
      {
        key: `booked:${step.fulfillmentId}`,
        type: 'shipmentBooked',
        actor: 'system',
        data: {
          fulfillmentId: step.fulfillmentId,
          carrier: carrier.code,
          trackingNumbers: parcels.map((parcel) => parcel.trackingNumber),
        },
      },
    ],
  };
}

const labelOf = (
  carrier: Carrier,
  facts: BookingFacts,
  index: number,
  trackingNumber: string,
): LabelContent => ({
  kind: 'shippingLabel',
  locale: facts.order.customer.locale ?? 'en',
  carrier: carrier.name,
  service: facts.order.shipping.method,
  number: facts.order.number,
  sscc: facts.packages[index]!.sscc,
  trackingNumber,
  sender: { ...facts.location.address, name: facts.seller },
  recipient: facts.order.shippingAddress,
  weightGrams: facts.packages[index]!.weightGrams,
  parcel: { position: index + 1, of: facts.packages.length },
});

const slipOf = (step: FulfillmentStep, facts: BookingFacts, parcels: Parcels): PackingSlipContent => ({
  kind: 'packingSlip',
  locale: facts.order.customer.locale ?? 'en',
  number: facts.order.number,
  seller: facts.seller,
  fulfillmentId: step.fulfillmentId,
  location: facts.location,
  shippingAddress: facts.order.shippingAddress,
  lines: facts.lines.map(({ sku, title, quantity, gtin }) => ({
    sku,
    title,
    quantity,
    ...(gtin ? { gtin } : {}),
  })),
  packages: facts.packages.map(({ sscc, weightGrams }, index) => ({
    sscc,
    weightGrams,
    trackingNumber: parcels[index]!.trackingNumber,
  })),
  ...(facts.order.note ? { note: facts.order.note } : {}),
});

const refusedStep = (step: FulfillmentStep, message: string): OrderStep => ({
  orderId: step.orderId,
  at: step.at,
  events: [
    {
      key: `bookingRefused:${step.fulfillmentId}`,
      type: 'bookingRefused',
      actor: 'system',
      data: { fulfillmentId: step.fulfillmentId, message },
    },
  ],
  waits: [
    {
      key: step.fulfillmentId,
      what: `operations: every carrier refuses the parcel (${message})`,
      until: null,
      then: 'it is booked again every day',
    },
  ],
});

function shippedMails(
  facts: Awaited<ReturnType<ActivityDependencies['store']['readShipment']>>,
  step: FulfillmentStep,
  orderUrl: string,
): NonNullable<OrderStep['mails']> {
  if (facts.mode !== 'ship') return [];
  const { order } = facts;
  const data = {
    ...aboutOrder(order, orderUrl),
    lines: mailLines(order, facts.lines),
    parcels: facts.parcels,
  };
  return [{ key: `shipped:${step.fulfillmentId}`, mail: mailTo(order, 'shipped', data) }];
}
