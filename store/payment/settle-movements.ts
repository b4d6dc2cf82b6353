import type { Database } from '../connect';
import { recordStep, type OrderStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { applyAnswers, lockMoney, refreshPaymentStatus, type MovementAnswer } from './movements';

/** Writes providers' answers together with the step of the order that they make up. Twice is once. */
export async function settleMovements(
  db: Database,
  input: { answers: MovementAnswer[]; step: OrderStep },
): Promise<void> {
  const { orderId, at } = input.step;
  await inTransaction(db, async (trx) => {
    await lockMoney(trx, orderId);
    await applyAnswers(trx, input.answers, at);
    const { status } = await refreshPaymentStatus(trx, orderId);
    await recordStep(trx, { ...input.step, paymentStatus: status });
  });
}
