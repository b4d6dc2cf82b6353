import type { Database } from '../connect';

/** A payment that does not say what its movements come to; minor units. */
export interface PaymentDifference {
  paymentId: string;
  currency: string;
  figure: 'captured' | 'refunded';
  counted: number;
  recorded: number;
}

/** Recomputes what was captured and refunded of every payment from its movements. Empty when all agree. */
export async function findPaymentDifferences(db: Database): Promise<PaymentDifference[]> {
  const answer = await db.raw<{ rows: PaymentDifference[] }>(sql);
  return answer.rows;
}

const sql = `
  WITH moved AS (
    SELECT payment_id, sum(amount) FILTER (WHERE kind = 'capture')::bigint AS captured,
           sum(amount) FILTER (WHERE kind = 'refund')::bigint AS refunded
    FROM payment_movements WHERE done_at IS NOT NULL GROUP BY payment_id
  )
  SELECT p.id AS "paymentId", p.currency, f.figure, f.counted, f.recorded
  FROM payments AS p LEFT JOIN moved AS m ON m.payment_id = p.id
  CROSS JOIN LATERAL (VALUES
    ('captured', p.captured, coalesce(m.captured, 0)), ('refunded', p.refunded, coalesce(m.refunded, 0))
  ) AS f (figure, counted, recorded)
  WHERE f.counted <> f.recorded
  ORDER BY p.id, f.figure`;
