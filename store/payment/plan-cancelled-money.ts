import type { Knex } from 'knex';
import { priceOrder } from '../../domain/order/totals';
import type { PlacedOrder } from '../../domain/order/types';
import {
  cancelledLinesSubject,
  orderWorth,
  planCancelledMoney as plan,
  type WorthLine,
} from '../../domain/payment/cancelled-money';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { lockMoney, readOpenMovements, readPending, type PlannedMovement } from './movements';
import { readCountedPayments } from './read-payments';

/**
 * Fixes once what goes back of an order's money now that pieces of it were cancelled; asking again gives what is
 * still open of that plan.
 */
export async function planCancelledMoney(
  db: Database,
  { orderId, subject }: { orderId: string; subject: string },
): Promise<PlannedMovement[]> {
  return inTransaction(db, async (trx) => {
    await lockMoney(trx, orderId);
    const planned = await trx('payment_movements').where({ order_id: orderId, subject }).first('key');
    if (!planned) await write(trx, orderId, subject);
    return readOpenMovements(trx, orderId, subject);
  });
}

async function write(trx: Knex.Transaction, orderId: string, subject: string): Promise<void> {
  const payments = await readCountedPayments(trx, orderId);
  if (payments.length === 0) return;
  const capturing = await readPending(trx, orderId, 'capture');
  const refunding = await readPending(trx, orderId, 'refund');
  const { refunds, voids, releases } = plan({
    currency: payments[0]!.currency,
    worth: await readWorth(trx, orderId),
    givenBack: await readGivenBack(trx, orderId),
    payments: payments.map((payment) => ({
      ...payment,
      isHeld: !['failed', 'voided'].includes(payment.status),
      capturing: capturing.get(payment.id) ?? 0,
      refundable: payment.captured - payment.refunded - (refunding.get(payment.id) ?? 0),
    })),
  });
  const rows = [
    ...refunds.map(({ paymentId, amount, target }) => ({
      paymentId,
      kind: 'refund',
      amount: amount.amount,
      target,
    })),
    ...voids.map((paymentId) => ({ paymentId, kind: 'void', amount: 0, target: 'tender' })),
    ...releases.map((release) => ({ ...release, kind: 'void', target: 'tender' })),
  ];
  if (rows.length === 0) return;
  await trx('payment_movements').insert(
    rows.map(({ paymentId, ...movement }) => ({
      key: `${subject}:${movement.kind}:${paymentId}`,
      payment_id: paymentId,
      order_id: orderId,
      subject,
      ...movement,
    })),
  );
}

async function readWorth(trx: Knex.Transaction, orderId: string): Promise<number> {
  const row: { content: PlacedOrder } = await trx('orders').where('id', orderId).first('content');
  const lines: WorthLine[] = await trx('order_lines')
    .where('order_id', orderId)
    .select('gross', 'quantity', 'cancelled');
  return orderWorth(lines, priceOrder(row.content).shipping.gross.amount);
}

/** Refunded, or about to be, for pieces that were given up or cancelled; returns are another matter. */
async function readGivenBack(trx: Knex.Transaction, orderId: string): Promise<number> {
  const answer = await trx.raw<{ rows: { amount: string }[] }>(
    `SELECT coalesce(sum(amount), 0) AS amount FROM payment_movements
     WHERE order_id = :orderId AND kind = 'refund' AND given_up_at IS NULL
       AND (subject = :excess OR starts_with(subject, :lines))`,
    { orderId, excess: `${orderId}:excess`, lines: cancelledLinesSubject(orderId, '') },
  );
  return Number(answer.rows[0]!.amount);
}
