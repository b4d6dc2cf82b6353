import { isDifferent } from './is-different';

/**
 * Nothing of it need outlive a crash: the commit that accepts the feed is waited for, and all before lies before it on
 * disk.
 */
const hurried = `hurried AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))`;

const asLists = `CAST(:lines AS int[]) AS lines, CAST(:skus AS text[]) AS skus, CAST(:quantities AS int[]) AS quantities,
    CAST(:unsellable AS int[]) AS unsellable`;

/** What is kept of a chunk, `c`, besides what is to be done. */
const kept = {
  columns: 'feed_id, position, lines, skus, quantities, unsellable, text, first_line, text_rows, problems',
  values: `:feedId, :position, ${['lines', 'skus', 'quantities', 'unsellable']
    .map((list) => `CASE WHEN CAST(:text AS bytea) IS NULL THEN c.${list} ELSE '{}' END`)
    .join(
      ', ',
    )}, CAST(:text AS bytea), CAST(:firstLine AS int), CAST(:textRows AS int), CAST(:problems AS json)`,
};

export const keep = `
  WITH ${hurried}, chunk AS (SELECT ${asLists} FROM hurried)
  INSERT INTO stock_feed_chunks (${kept.columns})
  SELECT ${kept.values} FROM chunk AS c`;

const rowsOfChunk = `
  SELECT unnest(lines) AS line, unnest(skus) AS sku, unnest(quantities) AS quantity, unnest(unsellable) AS unsellable
  FROM chunk`;

/** Rows that are due, as lists, of rows with `is_due`. */
const dueLists = `
  coalesce(array_agg(line) FILTER (WHERE is_due), '{}') AS lines,
  coalesce(array_agg(sku) FILTER (WHERE is_due), '{}') AS skus,
  coalesce(array_agg(quantity) FILTER (WHERE is_due), '{}') AS quantities,
  coalesce(array_agg(unsellable) FILTER (WHERE is_due), '{}') AS unsellable,
  coalesce(array_agg(place) FILTER (WHERE is_due), '{}') AS places`;

/**
 * One pass: each row goes through the join and into the lists once, as rows that are kept in between cost more than what
 * is done with them. First and last are those by their bytes; where the database sorts otherwise, nothing is compared.
 */
export const compared = `
  WITH ${hurried}, chunk AS MATERIALIZED (SELECT ${asLists} FROM hurried), found AS MATERIALIZED (
    SELECT :first > :comparedTo AND min(sku) = :first AND max(sku) = :last AND count(sku_here) < :mostHere AS is_compared,
      coalesce(array_agg(sku_here) FILTER (WHERE is_silent), '{}') AS silent, ${dueLists}
    FROM (
      SELECT n.line, n.sku, n.quantity, n.unsellable, h.place, h.sku AS sku_here,
        n.sku IS NOT NULL AND ${isDifferent} AS is_due, n.sku IS NULL AND ${isDifferent} AS is_silent
      FROM (${rowsOfChunk}) AS n FULL JOIN (
        SELECT ctid AS place, sku, on_hand, unsellable, moved_at > :takenAt AS has_moved FROM stock
        WHERE location_id = :locationId AND sku > :comparedTo AND sku <= :last
        LIMIT :mostHere
      ) AS h ON h.sku = n.sku
      OFFSET 0
    ) AS each
  ), kept AS (
    INSERT INTO stock_feed_chunks (${kept.columns}, due_lines, due_skus, due_quantities, due_unsellable, due_places, silent)
    SELECT ${kept.values},
      CASE WHEN f.is_compared THEN f.lines END, CASE WHEN f.is_compared THEN f.skus END,
      CASE WHEN f.is_compared THEN f.quantities END, CASE WHEN f.is_compared THEN f.unsellable END,
      CASE WHEN f.is_compared THEN f.places END, CASE WHEN f.is_compared THEN f.silent ELSE '{}' END
    FROM chunk AS c CROSS JOIN found AS f
  )
  SELECT is_compared AS "isCompared" FROM found`;

/** Only what may differ is looked at, each place by its key: one row each, whatever the tables were when they were counted. */
const here = (sku: string): string => `LATERAL (
        SELECT ctid AS place, sku, on_hand, unsellable, moved_at > :takenAt AS has_moved FROM stock
        WHERE sku = ${sku} AND location_id = :locationId LIMIT 1
      ) AS h`;

export const known = `
  WITH ${hurried}, chunk AS MATERIALIZED (SELECT ${asLists} FROM hurried), found AS (
    SELECT ${dueLists}
    FROM (
      SELECT n.*, h.place, ${isDifferent} AS is_due
      FROM (${rowsOfChunk}) AS n LEFT JOIN ${here('n.sku')} ON true
    ) AS each
  ), silent AS (
    SELECT coalesce(array_agg(h.sku) FILTER (WHERE h.on_hand > 0 OR h.unsellable > 0), '{}') AS skus
    FROM unnest(CAST(:gone AS text[])) AS g (sku) CROSS JOIN ${here('g.sku')}
    WHERE g.sku <> ALL (SELECT unnest(skus) FROM chunk)
  )
  INSERT INTO stock_feed_chunks (${kept.columns}, due_lines, due_skus, due_quantities, due_unsellable, due_places, silent)
  SELECT ${kept.values}, f.lines, f.skus, f.quantities, f.unsellable, f.places, s.skus
  FROM chunk AS c CROSS JOIN found AS f CROSS JOIN silent AS s`;
