import { destinationOf } from '../../domain/order/destination';
import { documentIdOf } from '../../domain/ids';
import { labelContent, packingSlipContent } from '../../domain/shipping/label-content';
import type { Carrier } from '../../ports/carrier';
import type { BookedParcel, BookingFacts } from '../../store/fulfillment/record-booking';
import type { OrderStep } from '../../store/story/record-step';
import type { ActivityDependencies } from '../dependencies';
import type { FulfillmentStep } from './settle';

/** A carrier, and by which name it is asked for its service. */
interface Offer {
  carrier: Carrier;
  service: string;
  /** The carrier was asked for the service that was chosen before: this is another booking of it. */
  isSecond?: true;
}

const bookingKeyOf = (fulfillmentId: string, isSecond = false): string =>
  isSecond ? `${fulfillmentId}:book:byMethod` : `${fulfillmentId}:book`;

export type BookingOutcome = { outcome: 'booked'; carrier: string } | { outcome: 'refused'; message: string };

export function createBookActivities({ store, carriers, links }: ActivityDependencies) {
  /**
   * Who is asked, one after the other: the service that was chosen with the location, its carrier for the order's
   * shipping method, then the others for that. A parcel shop belongs to one carrier: nobody else gets in.
   */
  function offersFor({ order, chosen }: BookingFacts): Offer[] {
    const { delivery, shipping } = order;
    const able = carriers.filter(({ code }) => !delivery.parcelShop || code === delivery.parcelShop.carrier);
    const first = able.find(({ code }) => code === chosen?.carrier);
    const others = able.filter((carrier) => carrier !== first);
    return [
      ...(first ? servicesOf(first, chosen!.service, shipping.method) : []),
      ...others.map((carrier) => ({ carrier, service: shipping.method })),
    ];
  }

  async function bookWith(offer: Offer, step: FulfillmentStep, facts: BookingFacts) {
    const { carrier, service } = offer;
    const booking = await carrier.book({
      key: bookingKeyOf(step.fulfillmentId, offer.isSecond),
      direction: 'outbound',
      service,
      orderNumber: facts.order.number,
      sender: { ...facts.location.address, name: facts.seller },
      recipient: destinationOf(facts.order),
      parcels: facts.packages.map(({ sscc, weightGrams }) => ({ sscc, weightGrams })),
      eventsUrl: links.carrierEvents(carrier.code),
    });
    if (booking.outcome === 'refused') return booking;
    const parcels = facts.packages.map((parcel): BookedParcel => {
      const booked = booking.parcels.find(({ sscc }) => sscc === parcel.sscc);
      if (!booked) throw new Error(`${carrier.code} booked nothing for ${parcel.sscc}`);
      const { trackingNumber, trackingUrl } = booked;
      const labelDocumentId = documentIdOf(step.orderId, `label_${parcel.sscc}`);
      return { packageId: parcel.id, trackingNumber, trackingUrl, labelDocumentId };
    });
    await store.recordBooking({
      carrier: carrier.code,
      parcels,
      step: bookedStep({ carrier, service }, step, facts, parcels),
    });
    return { outcome: 'booked' as const };
  }

  return {
    /** Books the carrier for a packed fulfillment; labels and packing slip become documents of the order. */
    async bookShipment(step: FulfillmentStep): Promise<BookingOutcome> {
      const facts = await store.readBookingFacts(step.fulfillmentId);
      if (facts.packages.length === 0) throw new Error(`${step.fulfillmentId} has no packages to book`);
      const refusals: string[] = [];
      for (const offer of offersFor(facts)) {
        const booking = await bookWith(offer, step, facts);
        if (booking.outcome === 'booked') return { outcome: 'booked', carrier: offer.carrier.code };
        refusals.push(`${offer.carrier.name} ${offer.service}: ${booking.message}`);
      }
      if (refusals.length === 0) refusals.push('no carrier brings parcels to the parcel shop of the order');
      await store.recordStep(refusedStep(step, refusals.join('; ')));
      return { outcome: 'refused', message: refusals.join('; ') };
    },

    /** Takes a booking back that was not handed over, by whichever service it was made. */
    async cancelBooking({ fulfillmentId }: FulfillmentStep): Promise<void> {
      const second = offersFor(await store.readBookingFacts(fulfillmentId)).find(({ isSecond }) => isSecond);
      for (const carrier of carriers)
        await carrier.cancel({ key: `${fulfillmentId}:unbook`, bookingKey: bookingKeyOf(fulfillmentId) });
      if (second)
        await second.carrier.cancel({
          key: `${fulfillmentId}:unbook:byMethod`,
          bookingKey: bookingKeyOf(fulfillmentId, true),
        });
    },
  };
}

const servicesOf = (carrier: Carrier, chosen: string, method: string): Offer[] => [
  { carrier, service: chosen },
  ...(chosen === method ? [] : [{ carrier, service: method, isSecond: true as const }]),
];

function bookedStep(
  { carrier, service }: Offer,
  step: FulfillmentStep,
  facts: BookingFacts,
  parcels: BookedParcel[],
): OrderStep {
  const { fulfillmentId } = step;
  const trackingNumbers = parcels.map((parcel) => parcel.trackingNumber);
  return {
    orderId: step.orderId,
    at: step.at,
    documents: [...labelsOf({ carrier, service }, facts, parcels), slipOf(step, facts, parcels)],
    searchWords: trackingNumbers,
    events: [
      {
        key: `booked:${fulfillmentId}`,
        type: 'shipmentBooked',
        actor: 'system',
        data: { fulfillmentId, carrier: carrier.code, service, trackingNumbers },
      },
    ],
  };
}

type Documents = NonNullable<OrderStep['documents']>;

const labelsOf = ({ carrier, service }: Offer, facts: BookingFacts, parcels: BookedParcel[]): Documents =>
  parcels.map(({ trackingNumber, labelDocumentId }, index) => ({
    id: labelDocumentId,
    title: `Label ${trackingNumber}`,
    content: labelContent(facts.order, {
      kind: 'shippingLabel',
      carrier: carrier.name,
      service,
      sscc: facts.packages[index]!.sscc,
      trackingNumber,
      sender: { ...facts.location.address, name: facts.seller },
      recipient: destinationOf(facts.order),
      weightGrams: facts.packages[index]!.weightGrams,
      parcel: { position: index + 1, of: facts.packages.length },
    }),
  }));

function slipOf(step: FulfillmentStep, facts: BookingFacts, parcels: BookedParcel[]): Documents[number] {
  return {
    id: documentIdOf(step.orderId, `slip_${step.fulfillmentId.split('_').slice(2).join('_')}`),
    title: `Packing slip ${facts.order.number}`,
    content: packingSlipContent(facts.order, {
      seller: facts.seller,
      fulfillmentId: step.fulfillmentId,
      location: facts.location,
      lines: facts.lines.map(({ sku, title, quantity, gtin }) => ({ sku, title, quantity, gtin })),
      packages: facts.packages.map(({ sscc, weightGrams }, index) => ({
        sscc,
        weightGrams,
        trackingNumber: parcels[index]!.trackingNumber,
      })),
    }),
  };
}

const refusedStep = (step: FulfillmentStep, message: string): OrderStep => ({
  orderId: step.orderId,
  at: step.at,
  events: [
    {
      key: `bookingRefused:${step.fulfillmentId}:${step.at}`,
      type: 'bookingRefused',
      actor: 'system',
      data: { fulfillmentId: step.fulfillmentId, message },
    },
  ],
  waits: [
    {
      key: step.fulfillmentId,
      what: `operations: every carrier refuses the parcel (${message})`,
      until: step.at,
      then: 'it is booked again every day',
    },
  ],
});
