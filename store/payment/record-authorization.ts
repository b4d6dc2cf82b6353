import { paymentStatusOf } from '../../domain/payment/payment-status';
import type { AuthorizeResult } from '../../ports/payment';
import type { Database } from '../connect';
import { prepared } from '../prepared';
import type { PaymentFacts } from './read-payments';

/**
 * Writes what a provider decided on an authorisation; money that is ours already counts as captured, too. Answers that
 * were written before stay as they are.
 */
export async function recordAuthorization(
  db: Database,
  input: { orderId: string; key: string; payment: PaymentFacts; result: AuthorizeResult; at: string },
): Promise<void> {
  const { payment, result } = input;
  if (result.outcome === 'awaiting' || result.outcome === 'toAgree') return;
  const isPaid = result.outcome === 'paid';
  const granted = isPaid || result.outcome === 'authorized';
  const captured = isPaid ? payment.amount : 0;
  const status = paymentStatusOf({
    amount: payment.amount,
    authorized: granted ? payment.amount : 0,
    captured,
    refunded: 0,
    failed: !granted,
    voided: false,
  });
  await prepared(db, sql, {
    id: payment.id,
    orderId: input.orderId,
    key: input.key,
    at: input.at,
    amount: payment.amount,
    authorized: granted ? payment.amount : 0,
    captured,
    paidKey: `${payment.id}:paid`,
    status,
    reference: granted ? result.reference : null,
    declined: granted ? null : JSON.stringify(result),
  });
}

const sql = `
  WITH answered AS (
    INSERT INTO payment_movements (key, payment_id, order_id, kind, amount, subject, done_at, declined, reference)
    VALUES (:key, :id, :orderId, 'authorize', :amount, 'order',
            CASE WHEN CAST(:declined AS jsonb) IS NULL THEN CAST(:at AS timestamptz) END, :declined, :reference)
    ON CONFLICT (key) DO NOTHING
    RETURNING payment_id
  ), paid AS (
    INSERT INTO payment_movements (key, payment_id, order_id, kind, amount, subject, done_at, reference)
    SELECT :paidKey, payment_id, :orderId, 'capture', :captured, 'order', :at, :reference
    FROM answered WHERE CAST(:captured AS bigint) > 0
  )
  UPDATE payments SET status = :status, authorized = :authorized, captured = :captured, reference = :reference, failure = :declined
  FROM answered WHERE id = answered.payment_id`;
