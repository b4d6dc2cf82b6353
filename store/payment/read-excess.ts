import { cancelledLinesSubject } from '../../domain/payment/cancelled-money';
import type { Database } from '../connect';

/** Minor units captured beyond what left the house: prepaid pieces that were given up. Never negative. */
export async function readExcess(db: Database, orderId: string): Promise<number> {
  const answer = await db.raw<{ rows: { excess: number }[] }>(
    `SELECT greatest(0,
       (SELECT coalesce(sum(captured), 0) FROM payments WHERE order_id = :orderId AND for_edit IS NULL)
       - (SELECT coalesce(sum(charged), 0) FROM fulfillments WHERE order_id = :orderId)
       - (SELECT coalesce(sum(amount), 0) FROM payment_movements
          WHERE order_id = :orderId AND kind = 'refund' AND done_at IS NOT NULL
            AND (subject = :subject OR starts_with(subject, :lines))))::bigint AS excess`,
    { orderId, subject: `${orderId}:excess`, lines: cancelledLinesSubject(orderId, '') },
  );
  return answer.rows[0]!.excess;
}
