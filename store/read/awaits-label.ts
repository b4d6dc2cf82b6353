import type { Database } from '../connect';
import { prepared } from '../prepared';

/** True while a packed fulfillment has a carton whose carrier booking is not written down yet. */
export async function awaitsLabel(db: Database, fulfillmentId: string): Promise<boolean> {
  const answer = await prepared<{ rows: unknown[] }>(
    db,
    `SELECT 1 FROM fulfillments AS f JOIN packages AS p ON p.fulfillment_id = f.id
     WHERE f.id = ? AND f.status = 'packed' AND p.tracking_number IS NULL LIMIT 1`,
    [fulfillmentId],
  );
  return answer.rows.length > 0;
}
