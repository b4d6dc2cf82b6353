import { appliedBuffers, keepBackOf, type AppliedBuffer, type KeepBack } from '../buffer/read-keep-back';
import type { Database } from '../connect';
import { prepared } from '../prepared';
import { levelOf, type StockLevel, type StockRow } from './stock-level';

export interface Sellable {
  levels: StockLevel[];
  keepBack: KeepBack;
}

/**
 * Counters of some SKUs at all their locations, and what channel buffers keep back of them: one indexed read, because
 * a second question costs the asker more than what it reads.
 */
export async function readSellable(db: Database, skus: readonly string[]): Promise<Sellable> {
  const answer = await prepared<{ rows: Row[] }>(db, sql, { skus: [...skus] });
  const levels: StockLevel[] = [];
  const buffers: AppliedBuffer[] = [];
  for (const row of answer.rows)
    if (row.buffers === null) levels.push(levelOf(row));
    else buffers.push(...row.buffers);
  return { levels, keepBack: keepBackOf(buffers) };
}

/** Of a place; or of a SKU that buffers apply to. */
type Row = StockRow & { buffers: AppliedBuffer[] | null };

const sql = `
  (SELECT sku, location_id, on_hand, unsellable, reserved, allocated, incoming, safety_stock, version,
          CAST(NULL AS json) AS buffers
   FROM stock WHERE sku = ANY (:skus) ORDER BY sku, location_id)
  UNION ALL
  SELECT p.sku, NULL, 0, 0, 0, 0, 0, 0, 0,
         json_agg(json_build_object('id', b.id, 'channel', b.channel, 'location_id', b.location_id,
           'category', b.category, 'sku', b.sku, 'pieces', b.pieces, 'product', p.sku,
           'product_category', p.category))
  ${appliedBuffers}
  GROUP BY p.sku`;
