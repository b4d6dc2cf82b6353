import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { lockMoney, readOpenMovements, type PlannedMovement } from './movements';
import { readPayments } from './read-payments';

/**
 * Every tender whose authorisation may still hold money, also one whose answer was never heard. Captures that
 * were planned and not agreed to are given up.
 */
export async function planVoids(
  db: Database,
  input: { orderId: string; subject: string },
): Promise<PlannedMovement[]> {
  return inTransaction(db, async (trx) => {
    await lockMoney(trx, input.orderId);
    const payments = await readPayments(trx, input.orderId);
    const holding = payments.filter(
      (payment) => !['failed', 'voided'].includes(payment.status) && payment.captured < payment.amount,
    );
    if (holding.length > 0)
      await trx('payment_movements')
        .insert(
          holding.map((payment) => ({
            key: `${input.subject}:void:${payment.id}`,
            payment_id: payment.id,
            order_id: input.orderId,
            kind: 'void',
            amount: 0,
            subject: input.subject,
          })),
        )
        .onConflict('key')
        .ignore();
    return readOpenMovements(trx, input.orderId, input.subject);
  });
}
