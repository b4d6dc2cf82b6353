import type { Database } from '../connect';
import { levelOf, type StockLevel, type StockRow } from './stock-level';

/** Counters of some SKUs at all their locations: one indexed read. */
export async function readLevels(db: Database, skus: string[]): Promise<StockLevel[]> {
  const answer = await db.raw<{ rows: StockRow[] }>(
    `SELECT sku, location_id, on_hand, unsellable, reserved, allocated, incoming, safety_stock, version
     FROM stock WHERE sku = ANY (?) ORDER BY sku, location_id`,
    [skus],
  );
  return answer.rows.map(levelOf);
}
