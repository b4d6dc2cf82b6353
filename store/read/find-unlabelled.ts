import type { Database } from '../connect';
import { prepared } from '../prepared';

/** Which of these fulfillments are packed and have a carton whose carrier booking is not written down yet. */
export async function findUnlabelled(db: Database, fulfillmentIds: string[]): Promise<string[]> {
  const answer = await prepared<{ rows: { id: string }[] }>(
    db,
    `SELECT f.id FROM fulfillments AS f
     WHERE f.id = ANY (?) AND f.status = 'packed'
       AND EXISTS (SELECT 1 FROM packages AS p WHERE p.fulfillment_id = f.id AND p.tracking_number IS NULL)`,
    [fulfillmentIds],
  );
  return answer.rows.map(({ id }) => id);
}
