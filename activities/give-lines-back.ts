import { money } from '../domain/money';
import { aboutOrder, mailLines, mailTo } from '../domain/order/mail-parts';
import { cancelledLinesSubject } from '../domain/payment/cancelled-money';
import type { MovementAnswer } from '../store/payment/movements';
import type { OrderStep } from '../store/story/record-step';
import type { ActivityDependencies } from './dependencies';
import { moveMoney } from './move-money';

export interface LinesBack {
  orderId: string;
  /** Names the cancellation. */
  key: string;
  lines: { lineId: string; quantity: number }[];
  reason: string;
  /** The customer has been told by another mail, and hears only of money that comes back. */
  isTold?: true;
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

  return {
    /**
     * Pieces were cancelled: what was paid for them goes back, holds that nothing needs any more are voided, and
     * the customer is told.
     */
    async giveLinesBack(
      input: LinesBack,
    ): Promise<{ outcome: 'done' } | { outcome: 'declined'; message: string }> {
      const { orderId } = input;
      const subject = cancelledLinesSubject(orderId, input.key);
      const answers: MovementAnswer[] = [];
      for (const movement of await store.planCancelledMoney({ orderId, subject }))
        answers.push(await moveMoney(dependencies, movement, orderId, input.attempt));
      const declined = answers.find((answer) => answer.outcome === 'declined');
      if (declined) {
        await store.settleMovements({ answers, step: declinedStep(input, declined.message) });
        return { outcome: 'declined', message: declined.message };
      }
      const refunds = await store.readRefunds({ orderId, subject });
      const refunded = refunds.reduce((sum, refund) => sum + refund.amount, 0);
      const isTold = input.isTold === true && refunded === 0;
      const mails = isTold ? [] : [await linesCancelledMail(input, refunded)];
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

const declinedStep = (input: LinesBack, message: string): OrderStep => ({
  orderId: input.orderId,
  at: input.at,
  events: [
    {
      key: `refundDeclined:lines:${input.key}:${input.attempt}`,
      type: 'refundDeclined',
      actor: 'system',
      data: { message },
    },
  ],
  waits: [
    {
      key: waitKey(input),
      what: `the refund for cancelled pieces: the provider refused it (${message})`,
      until: null,
      then: 'it is tried again every day',
    },
  ],
});
