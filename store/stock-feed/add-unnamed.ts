import type { Database } from '../connect';
import { inTransaction } from '../transaction';

/**
 * Adds what a full feed does not name and the location has as chunks of their own, to be set to 0: once, when all that
 * it names was applied. A row that was refused names its SKU all the same. Of a feed without one good row nothing
 * is concluded.
 */
export async function addUnnamed(
  db: Database,
  feedId: string,
  chunkRows: number,
): Promise<{ outcome: 'added' | 'none' }> {
  return inTransaction(db, async (trx) => {
    await trx.raw(`SET LOCAL work_mem = '64MB'`);
    const added = await trx.raw<{ rows: { feed_id: string }[] }>(sql, { feedId, chunkRows });
    if (added.rows.length > 0) return { outcome: 'added' };
    await trx('stock_feeds')
      .where({ id: feedId, mode: 'full', applied: 0, unchanged: 0 })
      .update({ remark: 'No row could be applied: what the feed does not name was left as it is' });
    return { outcome: 'none' };
  });
}

const sql = `
  WITH feed AS (
    SELECT id, location_id FROM stock_feeds
    WHERE id = :feedId AND mode = 'full' AND applied + unchanged > 0
      AND NOT EXISTS (SELECT 1 FROM stock_feed_chunks WHERE feed_id = :feedId AND lines IS NULL)
  ), named AS (
    SELECT unnest(skus) AS sku FROM stock_feed_chunks WHERE feed_id = :feedId
    UNION ALL
    SELECT p.sku FROM stock_feed_chunks, json_to_recordset(problems) AS p (sku text) WHERE feed_id = :feedId
  ), silent AS (
    SELECT s.sku, (row_number() OVER (ORDER BY s.sku) - 1) / CAST(:chunkRows AS int) AS part
    FROM feed JOIN stock AS s ON s.location_id = feed.location_id
    WHERE (s.on_hand > 0 OR s.unsellable > 0) AND NOT EXISTS (SELECT 1 FROM named WHERE named.sku = s.sku)
  )
  INSERT INTO stock_feed_chunks (feed_id, position, skus, quantities, unsellable)
  SELECT :feedId, (SELECT coalesce(max(position), -1) + 1 FROM stock_feed_chunks WHERE feed_id = :feedId) + part,
         array_agg(sku ORDER BY sku), array_agg(0), array_agg(0)
  FROM silent GROUP BY part
  RETURNING feed_id`;
