import type { Database } from '../connect';
import { returnJson, returnOf, type ReturnJson, type ReturnView } from './return-view';

export async function findReturn(db: Database, id: string): Promise<ReturnView | null> {
  const answer = await db.raw<{ rows: { json: ReturnJson; currency: string }[] }>(
    `SELECT ${returnJson} AS json, o.currency
     FROM returns AS r JOIN orders AS o ON o.id = r.order_id WHERE r.id = ?`,
    [id],
  );
  const row = answer.rows[0];
  return row ? returnOf(row.json, row.currency) : null;
}
