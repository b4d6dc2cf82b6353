import type { Database } from '../connect';
import { inTransaction } from '../transaction';

/**
 * Begins to apply a feed. In a full feed each SKU stands once: rows whose SKU an earlier line names are marked, so that
 * they are told and not applied. Done again it marks the same.
 */
export async function beginFeed(db: Database, feedId: string): Promise<void> {
  await inTransaction(db, async (trx) => {
    // The names of a whole feed are sorted out at once: more than the ordinary work memory holds.
    await trx.raw(`SET LOCAL work_mem = '64MB'`);
    await trx.raw(markRepeated, { feedId });
    await trx.raw(begin, { feedId });
  });
}

/** Instants in the ledger are those of many clocks: an hour is more than they differ. */
const begin = `
  UPDATE stock_feeds SET state = 'applying', since_id = coalesce((
    SELECT id FROM stock_ledger WHERE at < taken_at - interval '1 hour' ORDER BY id DESC LIMIT 1), 0)
  WHERE id = :feedId AND state = 'accepted'`;

const markRepeated = `
  WITH named AS (
    SELECT c.position, r.line, r.sku, r.quantity, r.unsellable
    FROM stock_feeds AS f JOIN stock_feed_chunks AS c ON c.feed_id = f.id,
         unnest(c.lines, c.skus, c.quantities, c.unsellable) AS r (line, sku, quantity, unsellable)
    WHERE f.id = :feedId AND f.mode = 'full' AND f.state = 'accepted' AND c.lines IS NOT NULL
  ), several AS (
    SELECT sku, min(line) AS first FROM named GROUP BY sku HAVING count(*) > 1
  ), repeated AS (
    SELECT n.position, json_agg(json_build_object('line', n.line, 'sku', n.sku, 'first', s.first,
             'isSame', n.quantity = f.quantity AND n.unsellable IS NOT DISTINCT FROM f.unsellable)
             ORDER BY n.line) AS rows
    FROM several AS s JOIN named AS n ON n.sku = s.sku AND n.line <> s.first
         JOIN named AS f ON f.sku = s.sku AND f.line = s.first
    GROUP BY n.position
  )
  UPDATE stock_feed_chunks AS c SET repeated = r.rows
  FROM repeated AS r WHERE c.feed_id = :feedId AND c.position = r.position`;
