import { money } from '../../domain/money';
import { aboutOrder, mailLines, mailTo } from '../../domain/order/mail-parts';
import { cancelledLinesSubject } from '../../domain/payment/cancelled-money';
import type { OrderStep } from '../../store/story/record-step';
import { declinedRefundStep } from './declined-refund';
import type { ActivityDependencies } from '../dependencies';
import { moveCancelledMoney } from './move-cancelled-money';
import { refundParts, type RefundPart } from './refund-parts';

export interface LinesBack {
  orderId: string;
  /** Names the cancellation. */
  key: string;
  lines: { lineId: string; quantity: number }[];
  reason: string;
  /** The customer has been told by another mail, and hears only of money that comes back. */
  isTold?: true;
  /** Nothing was cancelled: something cheaper stands in for the pieces, and the customer knows. */
  isReplaced?: true;
  /** Counts definite refusals of the refund. */
  attempt: number;
  at: string;
}

export function createGiveLinesBackActivities(dependencies: ActivityDependencies) {
  const { store, links } = dependencies;

  async function linesCancelledMail(input: LinesBack, refunded: number) {
    const facts = await store.readOrderFacts(input.orderId);
    const { order } = facts!;
    const mail = mailTo(order, 'linesCancelled', {
      ...aboutOrder(order, links.orderPage(order.id)),
      lines: mailLines(order, input.lines),
      reason: input.reason,
      moneyReturned: money(refunded, order.currency),
    });
    return { key: `linesCancelled:${order.id}:${input.key}`, mail };
  }

  async function refundedMail(input: LinesBack, parts: RefundPart[], refunded: number) {
    const { order } = (await store.readOrderFacts(input.orderId))!;
    const amount = money(refunded, order.currency);
    const about = aboutOrder(order, links.orderPage(order.id));
    const mail = mailTo(order, 'refunded', { ...about, amount, parts });
    return { key: `refunded:${order.id}:${input.key}`, mail };
  }

  async function mailsOf(input: LinesBack, parts: RefundPart[], refunded: number) {
    if (refunded === 0 && (input.isTold || input.isReplaced)) return [];
    if (input.isReplaced) return [await refundedMail(input, parts, refunded)];
    return [await linesCancelledMail(input, refunded)];
  }

  return {
    /**
     * Pieces were cancelled, or replaced by something cheaper: what was paid for them goes back, holds that nothing
     * needs any more are voided, and the customer is told.
     */
    async giveLinesBack(
      input: LinesBack,
    ): Promise<{ outcome: 'done' } | { outcome: 'declined'; message: string }> {
      const { orderId } = input;
      const subject = cancelledLinesSubject(orderId, input.key);
      const moved = await moveCancelledMoney(
        dependencies,
        { orderId, subject, attempt: input.attempt },
        (message) => declinedStep(input, message),
      );
      if (moved.outcome === 'declined') return moved;
      const { answers, refunds, refunded } = moved;
      const mails = await mailsOf(input, refundParts(refunds, answers), refunded);
      await store.settleMovements({ answers, step: { ...givenBackStep(input, refunded), mails } });
      return { outcome: 'done' };
    },
  };
}

const waitKey = ({ key }: LinesBack): string => `cancelledLines:${key}`;

const givenBackStep = (input: LinesBack, refunded: number): OrderStep => ({
  orderId: input.orderId,
  at: input.at,
  waitsOver: [waitKey(input)],
  events:
    refunded > 0
      ? [
          {
            key: `linesGivenBack:${input.key}`,
            type: 'moneyGivenBack',
            actor: 'system',
            data: { refunded },
          },
        ]
      : [],
});

const declinedStep = (input: LinesBack, message: string): OrderStep =>
  declinedRefundStep({
    ...{ orderId: input.orderId, of: `lines:${input.key}`, attempt: input.attempt, at: input.at },
    ...{ waitKey: waitKey(input), for: 'cancelled pieces', message },
  });
