import type { Knex } from 'knex';
import { money } from '../../domain/money';
import { planRefund } from '../../domain/payment/refund-plan';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { lockMoney, readOpenMovements, readPending, type PlannedMovement } from './movements';
import { readCountedPayments } from './read-payments';

export interface GivingBackInput {
  orderId: string;
  /** What the money is given back for: names the intent. */
  subject: string;
  /** Minor units to refund of what was captured; never more than that is planned. */
  due: number;
  refundTo: 'tenders' | 'storeCredit';
}

/** Fixes once how an amount goes back over the order's tenders; asking again gives what is still open of it. */
export async function planGivingBack(db: Database, input: GivingBackInput): Promise<PlannedMovement[]> {
  return inTransaction(db, async (trx) => {
    await lockMoney(trx, input.orderId);
    const planned = await trx('payment_movements')
      .where({ order_id: input.orderId, subject: input.subject, kind: 'refund' })
      .first('key');
    if (!planned) await plan(trx, input);
    return readOpenMovements(trx, input.orderId, input.subject);
  });
}

async function plan(trx: Knex.Transaction, input: GivingBackInput): Promise<void> {
  const payments = await readCountedPayments(trx, input.orderId);
  const pending = await readPending(trx, input.orderId, 'refund');
  const currency = payments[0]!.currency;
  const { parts } = planRefund({
    due: money(input.due, currency),
    refundTo: input.refundTo,
    payments: payments.map((payment) => ({
      id: payment.id,
      method: payment.method,
      refundable: money(payment.captured - payment.refunded - (pending.get(payment.id) ?? 0), currency),
    })),
  });
  if (parts.length === 0) return;
  await trx('payment_movements').insert(
    parts.map((part) => ({
      key: `${input.subject}:refund:${part.paymentId}`,
      payment_id: part.paymentId,
      order_id: input.orderId,
      kind: 'refund',
      amount: part.amount.amount,
      target: part.target,
      subject: input.subject,
    })),
  );
}
