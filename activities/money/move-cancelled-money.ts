import type { MovementAnswer } from '../../store/payment/movements';
import type { RefundMovement } from '../../store/payment/read-refunds';
import type { OrderStep } from '../../store/story/record-step';
import type { ActivityDependencies } from '../dependencies';
import { moveMoney } from './move-money';

export type MovedMoney =
  | { outcome: 'moved'; answers: MovementAnswer[]; refunds: RefundMovement[]; refunded: number }
  | { outcome: 'declined'; message: string };

/**
 * What an order has too much of goes back, and holds that nothing needs any more are voided; whoever asked settles the
 * answers with what it tells. A refusal of a provider is settled here, with the step that tells it.
 */
export async function moveCancelledMoney(
  dependencies: ActivityDependencies,
  asked: { orderId: string; subject: string; attempt: number },
  declinedStep: (message: string) => OrderStep,
): Promise<MovedMoney> {
  const { store } = dependencies;
  const { orderId, subject, attempt } = asked;
  const answers: MovementAnswer[] = [];
  for (const movement of await store.planCancelledMoney({ orderId, subject }))
    answers.push(await moveMoney(dependencies, movement, orderId, attempt));
  const declined = answers.find((answer) => answer.outcome === 'declined');
  if (declined) {
    await store.settleMovements({ answers, step: declinedStep(declined.message) });
    return { outcome: 'declined', message: declined.message };
  }
  const refunds = await store.readRefunds({ orderId, subject });
  const refunded = refunds.reduce((sum, refund) => sum + refund.amount, 0);
  return { outcome: 'moved', answers, refunds, refunded };
}
