import type { Knex } from 'knex';
import { fulfillmentIdOfUndelivered } from '../../domain/returns/undelivered';
import type { Database } from '../connect';
import { recordStep, type OrderStep } from '../story/record-step';
import { applyAnswers, lockMoney, refreshPaymentStatus, type MovementAnswer } from '../payment/movements';
import { inTransaction } from '../transaction';

export type ReturnEnd = 'refunded' | 'rejected' | 'expired' | 'cancelled';

/** Ends a return: what providers answered, its final status and amount, and the step of the order. Twice is once. */
export async function settleReturn(
  db: Database,
  input: {
    returnId: string;
    end: ReturnEnd;
    refundAmount: number;
    answers: MovementAnswer[];
    step: OrderStep;
  },
): Promise<void> {
  const { orderId, at } = input.step;
  await inTransaction(db, async (trx) => {
    await lockMoney(trx, orderId);
    await applyAnswers(trx, input.answers, at);
    await trx('returns')
      .where('id', input.returnId)
      .update({
        status: input.end,
        refund_amount: input.refundAmount,
        ...(input.end === 'refunded' ? { refunded_at: at } : {}),
      });
    await endUndelivered(trx, input.returnId);
    const { status } = await refreshPaymentStatus(trx, orderId);
    await recordStep(trx, { ...input.step, paymentStatus: status });
  });
}

/** A parcel that never arrived is on its way no more: what became of it is told by its packages and its return. */
async function endUndelivered(trx: Knex.Transaction, returnId: string): Promise<void> {
  const { cause } = await trx('returns').where('id', returnId).first('cause');
  if (cause !== 'undeliverable') return;
  await trx('fulfillments')
    .where({ id: fulfillmentIdOfUndelivered(returnId), status: 'shipped' })
    .update({ status: 'returned' });
}

/** The goods of a return did not arrive in time. Says whether they had after all, for the row decides. */
export async function expireReturn(
  db: Database,
  input: { returnId: string; step: OrderStep },
): Promise<{ outcome: 'expired' } | { outcome: 'arrived' }> {
  return inTransaction(db, async (trx) => {
    const changed = await trx('returns')
      .where('id', input.returnId)
      .whereIn('status', ['requested', 'expired'])
      .update({ status: 'expired' });
    if (changed === 0) return { outcome: 'arrived' };
    await recordStep(trx, input.step);
    return { outcome: 'expired' };
  });
}

/** Notes the label and tracking number of a return, with the step of the order. Twice is once. */
export async function recordReturnLabel(
  db: Database,
  input: { returnId: string; labelDocumentId: string | null; trackingNumber: string | null; step: OrderStep },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx('returns')
      .where('id', input.returnId)
      .update({ label_document_id: input.labelDocumentId, tracking_number: input.trackingNumber });
    await recordStep(trx, input.step);
  });
}
