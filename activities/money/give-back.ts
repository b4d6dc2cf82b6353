import { money } from '../../domain/money';
import { aboutOrder, mailLines, mailTo } from '../../domain/order/mail-parts';
import type { MovementAnswer, PlannedMovement } from '../../store/payment/movements';
import type { OrderStep } from '../../store/story/record-step';
import type { ActivityDependencies } from '../dependencies';
import { moveMoney } from './move-money';

export interface CancelledMoney {
  orderId: string;
  reason: string;
  /** A refused payment is told differently from a cancellation. */
  isDeclined: boolean;
  at: string;
}

export function createGiveBackActivities(dependencies: ActivityDependencies) {
  const { store, links } = dependencies;

  async function moveAll(movements: PlannedMovement[], orderId: string): Promise<MovementAnswer[]> {
    const answers: MovementAnswer[] = [];
    for (const movement of movements) answers.push(await moveMoney(dependencies, movement, orderId));
    return answers;
  }

  /** Voids what is only authorised and refunds `due` of what is ours, under one subject. */
  async function giveBack(orderId: string, subject: string, due: number): Promise<MovementAnswer[]> {
    const voids = await store.planVoids({ orderId, subject });
    const answers = await moveAll(voids, orderId);
    if (due <= 0) return answers;
    const refunds = await store.planGivingBack({ orderId, subject, due, refundTo: 'tenders' });
    const open = refunds.filter((movement) => movement.kind === 'refund');
    return [...answers, ...(await moveAll(open, orderId))];
  }

  /** What was planned before counts, whether done by now or not: a repeated step tells the same amount. */
  async function plannedOr(orderId: string, subject: string, due: number): Promise<number> {
    const planned = await store.readRefunds({ orderId, subject });
    return planned.length === 0 ? due : planned.reduce((sum, refund) => sum + refund.amount, 0);
  }

  return {
    /** A cancelled order keeps no money: authorisations are voided, what was captured goes back. */
    async giveMoneyBack(input: CancelledMoney): Promise<void> {
      const payments = await store.readPayments(input.orderId);
      const subject = `${input.orderId}:cancel`;
      const open = payments.reduce((sum, payment) => sum + payment.captured - payment.refunded, 0);
      const due = await plannedOr(input.orderId, subject, open);
      const answers = await giveBack(input.orderId, subject, due);
      const facts = await store.readOrderFacts(input.orderId);
      const { order } = facts!;
      const step: OrderStep = {
        orderId: input.orderId,
        at: input.at,
        ...(input.isDeclined ? { decision: 'declined' } : {}),
        waitsOver: ['*'],
        events: [{ key: 'moneyGivenBack', type: 'moneyGivenBack', actor: 'system', data: { refunded: due } }],
        mails: [
          {
            key: `cancelled:${order.id}`,
            mail: mailTo(order, 'cancelled', {
              ...aboutOrder(order, links.orderPage(order.id)),
              lines: mailLines(
                order,
                order.lines.map(({ id, quantity }) => ({ lineId: id, quantity })),
              ),
              reason: input.reason,
              moneyReturned: money(due, order.currency),
            }),
          },
        ],
      };
      await store.settleMovements({ answers, step });
    },

    /** Pieces were given up: what was paid or held beyond what left goes back. */
    async giveExcessBack(input: { orderId: string; at: string }): Promise<void> {
      const subject = `${input.orderId}:excess`;
      const due = await plannedOr(input.orderId, subject, await store.readExcess(input.orderId));
      const answers = await giveBack(input.orderId, subject, due);
      await store.settleMovements({
        answers,
        step: {
          orderId: input.orderId,
          at: input.at,
          events: [
            { key: 'excessGivenBack', type: 'excessGivenBack', actor: 'system', data: { refunded: due } },
          ],
        },
      });
    },
  };
}
