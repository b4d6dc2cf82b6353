import type { Database } from '../connect';
import { prepared } from '../prepared';

/**
 * The last day that an order's customer had been told at an instant: of the confirmation, of the payment that it waited
 * for, or of the last change for the worse. "YYYY-MM-DD"; null where no day was told.
 */
export async function readPromisedBy(
  db: Database,
  asked: { orderId: string; at: string },
): Promise<string | null> {
  const answer = await prepared<{ rows: { latest: string | null }[] }>(db, sql, { ...asked });
  return answer.rows[0]!.latest;
}

const sql = `
  SELECT to_char(coalesce(
    (SELECT CAST(data ->> 'latest' AS date) FROM order_events
     WHERE order_id = :orderId AND type = 'promiseChanged' AND at <= :at ORDER BY id DESC LIMIT 1),
    (SELECT CASE WHEN bool_and(latest IS NOT NULL) THEN max(latest) END FROM order_promises
     WHERE order_id = :orderId AND key = (
       SELECT key FROM order_promises
       WHERE order_id = :orderId AND key IN ('paid', 'confirmed') AND at <= :at ORDER BY id DESC LIMIT 1))
  ), 'YYYY-MM-DD') AS latest`;
