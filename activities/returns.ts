import { documentIdOf } from '../domain/ids';
import { money } from '../domain/money';
import { aboutOrder, mailLines, mailTo } from '../domain/order/mail-parts';
import { priceOrder } from '../domain/order/totals';
import type { PlacedOrder } from '../domain/order/types';
import { returnValue } from '../domain/returns/return-value';
import { labelContent } from '../domain/shipping/label-content';
import { createSscc } from '../domain/shipping/sscc';
import type { MovementAnswer } from '../store/payment/movements';
import type { OrderStep } from '../store/story/record-step';
import type { ReturnFacts } from '../store/returns/read-return-facts';
import type { ActivityDependencies } from './dependencies';
import { moveMoney } from './money/move-money';
import { refundParts, type RefundPart } from './money/refund-parts';

export type RefundResult = { outcome: 'refunded' | 'rejected' } | { outcome: 'declined'; message: string };

export interface ReturnStep {
  orderId: string;
  returnId: string;
  at: string;
}

export function createReturnActivities(dependencies: ActivityDependencies) {
  const { store, carriers, links, companyPrefix } = dependencies;

  async function bookReturn(step: ReturnStep, facts: ReturnFacts) {
    const to = await store.readReturnDestination(step.returnId);
    const sscc = createSscc(companyPrefix, 1, to.serial);
    const carrier = carriers[0]!;
    const booking = await carrier.book({
      key: `${step.returnId}:book`,
      direction: 'return',
      service: 'return',
      orderNumber: facts.order.number,
      sender: facts.order.shippingAddress,
      recipient: to.address,
      parcels: [{ sscc, weightGrams: to.weightGrams }],
      eventsUrl: links.carrierEvents(carrier.code),
    });
    if (booking.outcome === 'refused') return null;
    const { trackingNumber } = booking.parcels[0]!;
    const content = labelContent(facts.order, {
      kind: 'returnLabel',
      carrier: carrier.name,
      service: 'return',
      sscc,
      trackingNumber,
      sender: facts.order.shippingAddress,
      recipient: to.address,
      weightGrams: to.weightGrams,
      parcel: { position: 1, of: 1 },
    });
    return { trackingNumber, content };
  }

  return {
    openReturn: store.openReturn,

    /** Books the way back and sends the customer the label, or how to bring the goods to a store. */
    async sendReturnLabel(step: ReturnStep): Promise<void> {
      const facts = await store.readReturnFacts(step.returnId);
      const { order } = facts;
      const booked = facts.mode === 'parcel' ? await bookReturn(step, facts) : null;
      const documentId = booked
        ? documentIdOf(order.id, `returnlabel_${step.returnId.split('_').slice(2).join('_')}`)
        : null;
      const title = `Return label ${order.number}`;
      await store.recordReturnLabel({
        returnId: step.returnId,
        labelDocumentId: documentId,
        trackingNumber: booked?.trackingNumber ?? null,
        step: {
          orderId: order.id,
          at: step.at,
          documents: booked && documentId ? [{ id: documentId, title, content: booked.content }] : [],
          searchWords: booked ? [booked.trackingNumber] : [],
          events: [
            {
              key: `returnLabel:${step.returnId}`,
              type: 'returnLabelSent',
              actor: 'system',
              data: { returnId: step.returnId, trackingNumber: booked?.trackingNumber ?? null },
            },
          ],
          mails: [
            {
              key: `returnLabel:${step.returnId}`,
              mail: mailTo(order, 'returnLabel', {
                ...aboutOrder(order, links.orderPage(order.id)),
                lines: mailLines(order, facts.lines),
                returnId: step.returnId,
                mode: facts.mode,
                labelUrl: documentId ? links.document(documentId) : null,
              }),
            },
          ],
        },
      });
    },

    /**
     * Refunds what was accepted: pieces, and the shipping fee when with them the whole order is back. A provider
     * that refuses is asked again later under a new key; `attempt` counts.
     */
    async refundReturn(step: ReturnStep & { attempt: number }): Promise<RefundResult> {
      const facts = await store.readReturnFacts(step.returnId);
      const orderId = step.orderId;
      const due = valueOf(facts);
      const movements =
        due > 0
          ? await store.planGivingBack({ orderId, subject: step.returnId, due, refundTo: facts.refundTo })
          : [];
      const answers: MovementAnswer[] = [];
      for (const movement of movements)
        answers.push(await moveMoney(dependencies, movement, orderId, step.attempt));
      const declined = answers.find((answer) => answer.outcome === 'declined');
      if (declined) {
        await store.settleMovements({ answers, step: declinedStep(step, declined.message) });
        return { outcome: 'declined', message: declined.message };
      }
      const parts = refundParts(await store.readRefunds({ orderId, subject: step.returnId }), answers);
      // What was never paid, as at a door that stayed shut, is not paid back.
      const refunded = parts.reduce((sum, part) => sum + part.amount.amount, 0);
      await store.settleReturn({
        returnId: step.returnId,
        end: due > 0 ? 'refunded' : 'rejected',
        refundAmount: refunded,
        answers,
        step: refundedStep(
          step,
          facts.order,
          { isAccepted: due > 0, refunded, parts },
          links.orderPage(orderId),
        ),
      });
      return { outcome: due > 0 ? 'refunded' : 'rejected' };
    },

    /** The goods did not come back in time; unless they arrived at this moment, the return is closed. */
    async expireReturn(step: ReturnStep): Promise<{ outcome: 'expired' } | { outcome: 'arrived' }> {
      return store.expireReturn({
        returnId: step.returnId,
        step: {
          orderId: step.orderId,
          at: step.at,
          waitsOver: [step.returnId],
          events: [
            {
              key: `returnExpired:${step.returnId}`,
              type: 'returnExpired',
              actor: 'system',
              data: { returnId: step.returnId },
            },
          ],
        },
      });
    },
  };
}

function valueOf(facts: ReturnFacts): number {
  const lines = [
    ...facts.lines.map((line) => ({ ...line, acceptedNow: line.quantity - line.rejected })),
    ...facts.others.map((line) => ({ ...line, acceptedNow: 0 })),
  ].map(({ lineId, gross, ordered, cancelled, refundedBefore, acceptedNow }) => ({
    lineId,
    gross,
    quantity: ordered,
    cancelled,
    refundedBefore,
    acceptedNow,
  }));
  return returnValue({ lines, shippingGross: priceOrder(facts.order).shipping.gross.amount }).total;
}

const declinedStep = (step: ReturnStep & { attempt: number }, message: string): OrderStep => ({
  orderId: step.orderId,
  at: step.at,
  events: [
    {
      key: `refundDeclined:${step.returnId}:${step.attempt}`,
      type: 'refundDeclined',
      actor: 'system',
      data: { returnId: step.returnId, message },
    },
  ],
  waits: [
    {
      key: step.returnId,
      what: `the refund: the provider refused it (${message})`,
      until: null,
      then: 'it is tried again every day',
    },
  ],
});

function refundedStep(
  step: ReturnStep,
  order: PlacedOrder,
  { isAccepted, refunded, parts }: { isAccepted: boolean; refunded: number; parts: RefundPart[] },
  orderUrl: string,
): OrderStep {
  const amount = money(refunded, order.currency);
  const mail = mailTo(order, 'refunded', { ...aboutOrder(order, orderUrl), amount, parts });
  return {
    orderId: order.id,
    at: step.at,
    waitsOver: [step.returnId],
    events: [
      {
        key: `refunded:${step.returnId}`,
        type: isAccepted ? 'refunded' : 'returnRejected',
        actor: 'system',
        data: {
          returnId: step.returnId,
          amount,
          parts: parts.map((part) => ({ method: part.method, amount: part.amount })),
        },
      },
    ],
    mails: refunded > 0 ? [{ key: `refunded:${step.returnId}`, mail }] : [],
  };
}
