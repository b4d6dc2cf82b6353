import { parcelShopOf } from '../../domain/order/destination';
import { aboutOrder, mailLines, mailTo, recipientOf } from '../../domain/order/mail-parts';
import type { ShipmentFacts } from '../../store/fulfillment/read-shipment';
import type { MovementAnswer, PlannedMovement } from '../../store/payment/movements';
import type { OrderStep } from '../../store/story/record-step';
import type { ActivityDependencies } from '../dependencies';
import { moveMoney } from '../money/move-money';

export interface FulfillmentStep {
  orderId: string;
  fulfillmentId: string;
  at: string;
}

export interface SettleStep extends FulfillmentStep {
  /** Counts definite refusals of the capture. */
  attempt: number;
  /** When a refused capture is tried again. */
  retryAt: string;
}

export type SettlementResult = { outcome: 'captured' } | { outcome: 'declined'; message: string };

export function createSettleActivities(dependencies: ActivityDependencies) {
  const { store, links } = dependencies;

  async function capture(step: SettleStep): Promise<{ due: PlannedMovement[]; answers: MovementAnswer[] }> {
    const { movements } = await store.chargeFulfillment(step);
    const due = movements.filter(({ kind, method }) => kind === 'capture' && method !== 'cashOnDelivery');
    const answers: MovementAnswer[] = [];
    const move = async (movement: PlannedMovement) =>
      answers.push(await moveMoney(dependencies, movement, step.orderId, step.attempt));
    for (const movement of due) await move(movement);
    // What was declined is tried again, of the same hold.
    if (answers.every(({ outcome }) => outcome === 'done'))
      for (const movement of movements.filter(({ kind }) => kind === 'void')) await move(movement);
    return { due, answers };
  }

  return {
    /**
     * What left is told to the customer and paid for: captures the shipment's share of each tender, and after the last
     * one lets go what is left of its hold. A provider that is out of reach keeps neither the mail nor the carrier waiting.
     */
    async settleShipment(step: SettleStep): Promise<SettlementResult> {
      const facts = await store.readShipment(step.fulfillmentId);
      const mails = shippedMails(facts, step, links.orderPage(step.orderId));
      await tellCarriers(dependencies, step.fulfillmentId, facts);
      try {
        const { due, answers } = await capture(step);
        const declined = answers.find((answer) => answer.outcome === 'declined');
        const told = declined ? declinedStep(step, declined.message) : settledStep(step, due, facts);
        await store.settleMovements({ answers, step: { ...told, mails } });
        return declined ? { outcome: 'declined', message: declined.message } : { outcome: 'captured' };
      } catch (error) {
        await store.recordStep({ orderId: step.orderId, at: step.at, mails });
        throw error;
      }
    },
  };
}

/** Most carriers see a hand-over by their first scan; some want to be told. */
async function tellCarriers(
  { carriers }: ActivityDependencies,
  fulfillmentId: string,
  { parcels }: ShipmentFacts,
): Promise<void> {
  for (const carrier of carriers) {
    const theirs = parcels.filter((parcel) => parcel.isBooked && parcel.carrier === carrier.code);
    const trackingNumbers = theirs.map((parcel) => parcel.trackingNumber);
    if (trackingNumbers.length > 0)
      await carrier.handOver?.({ key: `${fulfillmentId}:handover`, trackingNumbers });
  }
}

const waitKey = (step: SettleStep): string => `capture:${step.fulfillmentId}`;

/** An order without money has nothing to tell of it. */
const settledStep = (step: SettleStep, due: PlannedMovement[], { order }: ShipmentFacts): OrderStep =>
  order.tenders.length > 0 ? capturedStep(step, due) : { orderId: step.orderId, at: step.at };

const capturedStep = (step: SettleStep, due: PlannedMovement[]): OrderStep => ({
  orderId: step.orderId,
  at: step.at,
  waitsOver: [waitKey(step)],
  events: [
    {
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
});

const declinedStep = (step: SettleStep, message: string): OrderStep => ({
  orderId: step.orderId,
  at: step.at,
  events: [
    {
      key: `captureDeclined:${step.fulfillmentId}:${step.attempt}`,
      type: 'captureDeclined',
      actor: 'system',
      data: { fulfillmentId: step.fulfillmentId, message },
    },
  ],
  waits: [
    {
      key: waitKey(step),
      what: `the money for what left: the provider refused the capture (${message})`,
      until: step.retryAt,
      then: 'it is tried again on the following days; then operations must ask the customer',
    },
  ],
});

function shippedMails(
  facts: ShipmentFacts,
  step: FulfillmentStep,
  orderUrl: string,
): NonNullable<OrderStep['mails']> {
  if (facts.mode !== 'ship') return [];
  const { order } = facts;
  const parcels = facts.parcels.map(({ carrier, trackingNumber, trackingUrl }) => ({
    carrier,
    trackingNumber,
    trackingUrl: trackingUrl ?? '',
  }));
  const data = {
    ...aboutOrder(order, orderUrl),
    lines: mailLines(order, facts.lines),
    parcels,
    parcelShop: parcelShopOf(order),
    recipient: order.delivery.parcelShop ? null : recipientOf(order),
  };
  return [{ key: `shipped:${step.fulfillmentId}`, mail: mailTo(order, 'shipped', data) }];
}
