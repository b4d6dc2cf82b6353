import type { Knex } from 'knex';
import { orderPaymentStatus, paymentStatusOf } from '../../domain/payment/payment-status';
import type { PaymentStatus } from '../../domain/order/states';
import type { TenderMethod } from '../../domain/order/types';
import { readPayments, type PaymentFacts } from './read-payments';
import { prepared } from '../prepared';

/** A movement of money that is planned: its key and amount are fixed, whoever asks for it and how often. */
export interface PlannedMovement {
  key: string;
  paymentId: string;
  method: TenderMethod;
  provider: string;
  kind: 'capture' | 'refund' | 'void';
  /** Of a void: what of the hold is let go; 0: all that is left of it. */
  amount: number;
  currency: string;
  target: 'tender' | 'storeCredit' | 'bankTransferBack';
  /** The provider's reference of the authorisation. */
  authorization: string | null;
}

export type MovementAnswer =
  | { key: string; outcome: 'done'; reference: string }
  | { key: string; outcome: 'declined'; code: string; message: string };

/** Serialises everything that computes with an order's money. */
export async function lockMoney(trx: Knex.Transaction, orderId: string): Promise<void> {
  await trx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [`money:${orderId}`]);
}

/** Movements of a subject (a fulfillment, a return, …) that no provider has agreed to yet. */
export async function readOpenMovements(
  trx: Knex.Transaction,
  orderId: string,
  subject: string,
): Promise<PlannedMovement[]> {
  const rows = await trx('payment_movements as m')
    .join('payments as p', 'p.id', 'm.payment_id')
    .where({ 'm.order_id': orderId, 'm.subject': subject })
    .whereNull('m.done_at')
    .whereNull('m.given_up_at')
    .whereNot('m.kind', 'authorize')
    .orderBy('m.key')
    .select(
      'm.key',
      'm.kind',
      'm.amount',
      'm.target',
      'p.id',
      'p.method',
      'p.provider',
      'p.reference',
      'p.currency',
    );
  return rows.map((row) => ({
    key: row.key,
    paymentId: row.id,
    method: row.method,
    provider: row.provider,
    kind: row.kind,
    amount: row.amount,
    currency: row.currency,
    target: row.target,
    authorization: row.reference,
  }));
}

/** What is planned to be captured or refunded and not agreed to yet, in minor units by payment. */
export async function readPending(
  trx: Knex.Transaction,
  orderId: string,
  kind: 'capture' | 'refund',
): Promise<Map<string, number>> {
  const rows = await trx('payment_movements')
    .where({ order_id: orderId, kind })
    .whereNull('done_at')
    .whereNull('given_up_at')
    .groupBy('payment_id')
    .select('payment_id')
    .sum('amount as amount');
  return new Map(rows.map((row) => [row.payment_id as string, Number(row.amount)]));
}

/**
 * Writes what providers answered: each agreed movement counts once. The check constraints of `payments` refuse
 * whatever would capture beyond the authorisation or refund beyond the capture.
 */
export async function applyAnswers(
  trx: Knex.Transaction,
  answers: MovementAnswer[],
  at: string,
): Promise<void> {
  for (const answer of answers) {
    if (answer.outcome === 'declined') {
      await trx('payment_movements')
        .where('key', answer.key)
        .whereNull('done_at')
        .update({ declined: JSON.stringify({ code: answer.code, message: answer.message }) });
      continue;
    }
    await prepared(trx, applyDone, { key: answer.key, reference: answer.reference, at });
  }
}

const applyDone = `
  WITH agreed AS (
    UPDATE payment_movements SET done_at = :at, reference = :reference, declined = NULL
    WHERE key = :key AND done_at IS NULL
    RETURNING payment_id, kind, amount
  ), given_up AS (
    -- A void is the end of what was still to be captured.
    UPDATE payment_movements AS m SET given_up_at = :at FROM agreed
    WHERE agreed.kind = 'void' AND agreed.amount = 0 AND m.payment_id = agreed.payment_id AND m.kind = 'capture'
      AND m.done_at IS NULL AND m.key <> :key
  )
  UPDATE payments AS p SET
    captured = captured + CASE WHEN kind = 'capture' THEN agreed.amount ELSE 0 END,
    refunded = refunded + CASE WHEN kind = 'refund' THEN agreed.amount ELSE 0 END,
    authorized = CASE WHEN kind <> 'void' THEN authorized
                      WHEN agreed.amount = 0 THEN captured ELSE authorized - agreed.amount END,
    -- What of it was let go is not due any more.
    amount = CASE WHEN kind = 'void' AND agreed.amount > 0
                  THEN least(p.amount, authorized - agreed.amount) ELSE p.amount END,
    -- Nothing more will come of a payment that was voided before anything was captured.
    status = CASE WHEN kind = 'void' AND agreed.amount = 0 AND captured = 0 AND status <> 'failed' THEN 'voided' ELSE status END
  FROM agreed WHERE p.id = agreed.payment_id`;

/** Brings the status of each payment in line with its figures; returns that of the whole order. */
export async function refreshPaymentStatus(
  trx: Knex.Transaction,
  orderId: string,
): Promise<{ status: PaymentStatus; payments: PaymentFacts[] }> {
  const payments = await readPayments(trx, orderId);
  const figures = payments.map((payment) => ({
    ...payment,
    failed: payment.status === 'failed',
    voided: payment.status === 'voided',
  }));
  for (const [index, payment] of payments.entries()) {
    const status = paymentStatusOf(figures[index]!);
    if (status === payment.status) continue;
    await trx('payments').where('id', payment.id).update({ status });
    payment.status = status;
  }
  // What was let go while others pay is not due any more, nor is what an edit waits for.
  const live = figures.filter(({ voided, forEdit }) => !voided && forEdit === null);
  return { status: orderPaymentStatus(live.length > 0 ? live : figures), payments };
}
