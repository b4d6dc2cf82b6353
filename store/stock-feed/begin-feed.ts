import type { Knex } from 'knex';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import type { FeedRecord } from './feed-view';

/**
 * Begins to apply a feed: finds in one pass over all of it what is to be done, chunk by chunk. Rows that agree with the
 * counters are unchanged for good: what moves later, moves after the feed was taken. In a full feed rows whose SKU an
 * earlier line names are marked, and what it does not name is added as chunks of its own. Begun again, it stays.
 */
export async function beginFeed(db: Database, feedId: string, chunkRows: number): Promise<void> {
  await inTransaction(db, async (trx) => {
    const feed = await trx<FeedRecord>('stock_feeds')
      .where({ id: feedId, state: 'accepted' })
      .forUpdate()
      .first('mode', 'is_ascending', 'location_id', 'taken_at');
    if (!feed) return;
    if (feed.mode === 'full') await sortOutFull(trx, { feedId, chunkRows, isAscending: feed.is_ascending });
    await trx.raw(begin, { feedId });
  });
}

async function sortOutFull(
  trx: Knex.Transaction,
  { feedId, chunkRows, isAscending }: { feedId: string; chunkRows: number; isAscending: boolean },
): Promise<void> {
  // The names of a whole feed are compared at once: more than the ordinary work memory holds.
  await trx.raw(`SET LOCAL work_mem = '64MB'`);
  await trx.raw(compareAll, { feedId, chunkRows });
  if (!isAscending) await trx.raw(markRepeated, { feedId });
}

/**
 * Instants in the ledger are those of many clocks: an hour is more than they differ. Halving finds a row of an hour
 * before; to read back to it would be to read all that the last feed did.
 */
const begin = `
  WITH RECURSIVE halving (low, high, mark) AS (
    SELECT CAST(0 AS bigint), coalesce((SELECT max(id) FROM stock_ledger), 0), taken_at - interval '1 hour'
    FROM stock_feeds WHERE id = :feedId
    UNION ALL
    SELECT CASE WHEN is_older THEN middle ELSE low END, CASE WHEN is_older THEN high ELSE middle - 1 END, mark
    FROM halving
    CROSS JOIN LATERAL (SELECT (low + high + 1) / 2 AS middle) AS m
    CROSS JOIN LATERAL (SELECT coalesce((
      SELECT at < mark FROM stock_ledger WHERE id <= middle ORDER BY id DESC LIMIT 1), true) AS is_older) AS a
    WHERE low < high
  )
  UPDATE stock_feeds SET state = 'applying', since_id = (SELECT max(low) FROM halving)
  WHERE id = :feedId`;

const named = `
    SELECT c.position, r.line, r.sku, r.quantity, r.unsellable
    FROM stock_feed_chunks AS c
    CROSS JOIN LATERAL unnest(c.lines, c.skus, c.quantities, c.unsellable) AS r (line, sku, quantity, unsellable)
    WHERE c.feed_id = :feedId`;

/** A row that cannot be read names its SKU all the same. */
const compareAll = `
  WITH feed AS (
    SELECT location_id, taken_at FROM stock_feeds WHERE id = :feedId
  ), named AS (${named}
  ), here AS (
    SELECT s.sku, s.on_hand, s.unsellable, s.moved_at > feed.taken_at AS has_moved
    FROM feed JOIN stock AS s ON s.location_id = feed.location_id
  ), compared AS (
    SELECT coalesce(n.sku, h.sku) AS sku, n.position, n.line, n.quantity, n.unsellable
    FROM named AS n FULL JOIN here AS h ON h.sku = n.sku
    WHERE CASE WHEN n.sku IS NULL THEN h.on_hand > 0 OR h.unsellable > 0
          ELSE h.sku IS NULL OR h.on_hand <> n.quantity OR h.unsellable <> n.unsellable OR h.has_moved END
  ), different AS (
    SELECT position, array_agg(line) AS lines, array_agg(sku) AS skus, array_agg(quantity) AS quantities,
      array_agg(unsellable) AS unsellable
    FROM compared WHERE position IS NOT NULL GROUP BY position
  ), marked AS (
    UPDATE stock_feed_chunks AS c SET due_lines = coalesce(d.lines, '{}'), due_skus = coalesce(d.skus, '{}'),
      due_quantities = coalesce(d.quantities, '{}'), due_unsellable = coalesce(d.unsellable, '{}')
    FROM stock_feed_chunks AS every LEFT JOIN different AS d ON d.position = every.position
    WHERE c.feed_id = :feedId AND every.feed_id = :feedId AND every.position = c.position
  ), silent AS (
    SELECT sku, (row_number() OVER (ORDER BY sku) - 1) / CAST(:chunkRows AS int) AS part
    FROM compared WHERE position IS NULL AND sku NOT IN (
      SELECT p.sku FROM stock_feed_chunks, json_to_recordset(problems) AS p (sku text)
      WHERE feed_id = :feedId AND p.sku IS NOT NULL)
  )
  INSERT INTO stock_feed_chunks (feed_id, position, skus, quantities, unsellable)
  SELECT :feedId, (SELECT coalesce(max(position), -1) + 1 FROM stock_feed_chunks WHERE feed_id = :feedId) + part,
         array_agg(sku ORDER BY sku), array_agg(0), array_agg(0)
  FROM silent GROUP BY part`;

const markRepeated = `
  WITH named AS MATERIALIZED (${named} AND c.lines IS NOT NULL
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
