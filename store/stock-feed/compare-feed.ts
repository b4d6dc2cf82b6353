import type { Knex } from 'knex';
import type { FeedRecord } from './feed-view';
import { isDifferent } from './is-different';
import { namedRows } from './named-rows';

/** Finds in one pass over a whole feed what is to be done. */
export async function compareAll(trx: Knex.Transaction, feed: FeedRecord, chunkRows: number): Promise<void> {
  // The names of a whole feed are compared at once: more than the ordinary work memory holds.
  await trx.raw(`SET LOCAL work_mem = '64MB'`);
  await trx.raw(compare, { feedId: feed.id, chunkRows });
  if (!feed.is_ascending) await trx.raw(markRepeated, { feedId: feed.id });
}

/** Its rows were compared as they came: what is left is what it does not name. */
export async function compareTheRest(
  trx: Knex.Transaction,
  feed: FeedRecord,
  chunkRows: number,
): Promise<void> {
  const { id: feedId, location_id: locationId, compared_to: comparedTo } = feed;
  await trx.raw(findSilent, { feedId, locationId, comparedTo, chunkRows });
}

/** Adds chunks of what a full feed does not name, to a statement with `silent`. A row that cannot be read names its SKU. */
const addSilent = `, parts AS (
    SELECT sku, (row_number() OVER (ORDER BY sku) - 1) / CAST(:chunkRows AS int) AS part
    FROM silent WHERE sku NOT IN (
      SELECT p.sku FROM stock_feed_chunks, json_to_recordset(problems) AS p (sku text)
      WHERE feed_id = :feedId AND p.sku IS NOT NULL)
  )
  INSERT INTO stock_feed_chunks (feed_id, position, skus, quantities, unsellable)
  SELECT :feedId, (SELECT coalesce(max(position), -1) + 1 FROM stock_feed_chunks WHERE feed_id = :feedId) + part,
         array_agg(sku ORDER BY sku), array_agg(0), array_agg(0)
  FROM parts GROUP BY part`;

const findSilent = `
  WITH silent AS (
    SELECT unnest(silent) AS sku FROM stock_feed_chunks WHERE feed_id = :feedId
    UNION ALL
    SELECT sku FROM stock
    WHERE location_id = :locationId AND sku > :comparedTo AND (on_hand > 0 OR unsellable > 0)
  )${addSilent}`;

const named = namedRows('c.feed_id = :feedId');

const compare = `
  WITH feed AS (
    SELECT location_id, taken_at FROM stock_feeds WHERE id = :feedId
  ), named AS (${named}
  ), here AS (
    SELECT s.ctid AS place, s.sku, s.on_hand, s.unsellable, s.moved_at > feed.taken_at AS has_moved
    FROM feed JOIN stock AS s ON s.location_id = feed.location_id
  ), compared AS (
    SELECT coalesce(n.sku, h.sku) AS sku, n.position, n.line, n.quantity, n.unsellable, h.place
    FROM named AS n FULL JOIN here AS h ON h.sku = n.sku
    WHERE ${isDifferent}
  ), different AS (
    SELECT position, array_agg(line) AS lines, array_agg(sku) AS skus, array_agg(quantity) AS quantities,
      array_agg(unsellable) AS unsellable, array_agg(place) AS places
    FROM compared WHERE position IS NOT NULL GROUP BY position
  ), marked AS (
    UPDATE stock_feed_chunks AS c SET due_lines = coalesce(d.lines, '{}'), due_skus = coalesce(d.skus, '{}'),
      due_quantities = coalesce(d.quantities, '{}'), due_unsellable = coalesce(d.unsellable, '{}'),
      due_places = coalesce(d.places, '{}')
    FROM stock_feed_chunks AS every LEFT JOIN different AS d ON d.position = every.position
    WHERE c.feed_id = :feedId AND every.feed_id = :feedId AND every.position = c.position
  ), silent AS (
    SELECT sku FROM compared WHERE position IS NULL
  )${addSilent}`;

const markRepeated = `
  WITH named AS MATERIALIZED (${namedRows('c.feed_id = :feedId AND c.lines IS NOT NULL')}
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
