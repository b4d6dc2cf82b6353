import type { Knex } from 'knex';
import type { Database } from '../connect';
import { isDifferent } from './is-different';
import type { PackedRows } from './packed-rows';

/** A row that cannot be read; its SKU counts as named. */
export interface UnreadableRow {
  line: number;
  sku: string;
  reason: string;
}

export interface FeedChunk {
  feedId: string;
  /** From 0, in the order of the file. */
  position: number;
  rows: PackedRows;
  problems: UnreadableRow[];
}

/** With what a chunk is compared as it comes. */
export interface FeedComparison {
  locationId: string;
  takenAt: string;
  /** The chunks before went up to this SKU. */
  comparedTo: string;
}

/**
 * Keeps some thousands of rows of a feed that is being received, and compares them with the counters when they follow
 * those of the chunks before: while the next ones are still on their way. Answers up to which SKU all is compared; null
 * when these rows could not be, because they do not follow or the location has far more in between.
 */
export async function addChunk(
  db: Database,
  chunk: FeedChunk,
  comparison: FeedComparison | null = null,
): Promise<string | null> {
  const { feedId, position, problems } = chunk;
  const { count, lines, skus, quantities, unsellable } = chunk.rows;
  const columns = { lines, skus, quantities, unsellable };
  const row = { feedId, position, ...columns, problems: JSON.stringify(problems) };
  if (comparison && count > 0) return keepCompared(db, chunk.rows, { ...row, ...comparison });
  await ask(db, keep, row);
  // Of no rows all is compared.
  return comparison?.comparedTo ?? null;
}

/**
 * Asks in one round trip, for whoever reads a file has hardly time to listen. Planned anew each time: a location grows a
 * thousandfold while it is fed.
 */
const ask = <T>(db: Database, sql: string, row: Knex.ValueDict) =>
  db.raw<{ rows: T[] }>(sql, row).options({ name: '' });

async function keepCompared(db: Database, rows: PackedRows, row: Knex.ValueDict): Promise<string | null> {
  const [first, last] = [rows.first.toString(), rows.last.toString()];
  const mostHere = 4 * rows.count + 1_000;
  const question = { ...row, first, last, mostHere };
  const answer = await ask<{ isCompared: boolean }>(db, compared, question);
  return answer.rows[0]!.isCompared ? last : null;
}

/**
 * Nothing of it need outlive a crash: the commit that accepts the feed is waited for, and all before lies before it on
 * disk.
 */
const hurried = `hurried AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))`;

const keep = `
  WITH ${hurried}
  INSERT INTO stock_feed_chunks (feed_id, position, lines, skus, quantities, unsellable, problems)
  SELECT :feedId, :position, CAST(:lines AS int[]), CAST(:skus AS text[]), CAST(:quantities AS int[]),
    CAST(:unsellable AS int[]), :problems FROM hurried`;

/**
 * One pass: each row goes through the join and into the lists once, as rows that are kept in between cost more than what
 * is done with them. First and last are those by their bytes; where the database sorts otherwise, nothing is compared.
 */
const compared = `
  WITH ${hurried}, chunk AS MATERIALIZED (
    SELECT CAST(:lines AS int[]) AS lines, CAST(:skus AS text[]) AS skus, CAST(:quantities AS int[]) AS quantities,
      CAST(:unsellable AS int[]) AS unsellable
    FROM hurried
  ), found AS MATERIALIZED (
    SELECT :first > :comparedTo AND min(sku) = :first AND max(sku) = :last AND count(sku_here) < :mostHere AS is_compared,
      coalesce(array_agg(line) FILTER (WHERE is_due), '{}') AS lines,
      coalesce(array_agg(sku) FILTER (WHERE is_due), '{}') AS skus,
      coalesce(array_agg(quantity) FILTER (WHERE is_due), '{}') AS quantities,
      coalesce(array_agg(unsellable) FILTER (WHERE is_due), '{}') AS unsellable,
      coalesce(array_agg(place) FILTER (WHERE is_due), '{}') AS places,
      coalesce(array_agg(sku_here) FILTER (WHERE is_silent), '{}') AS silent
    FROM (
      SELECT n.line, n.sku, n.quantity, n.unsellable, h.place, h.sku AS sku_here,
        n.sku IS NOT NULL AND ${isDifferent} AS is_due, n.sku IS NULL AND ${isDifferent} AS is_silent
      FROM (
        SELECT unnest(lines) AS line, unnest(skus) AS sku, unnest(quantities) AS quantity, unnest(unsellable) AS unsellable
        FROM chunk
      ) AS n FULL JOIN (
        SELECT ctid AS place, sku, on_hand, unsellable, moved_at > :takenAt AS has_moved FROM stock
        WHERE location_id = :locationId AND sku > :comparedTo AND sku <= :last
        LIMIT :mostHere
      ) AS h ON h.sku = n.sku
      OFFSET 0
    ) AS each
  ), kept AS (
    INSERT INTO stock_feed_chunks (feed_id, position, lines, skus, quantities, unsellable, problems, due_lines, due_skus,
      due_quantities, due_unsellable, due_places, silent)
    SELECT :feedId, :position, c.lines, c.skus, c.quantities, c.unsellable, :problems,
      CASE WHEN f.is_compared THEN f.lines END, CASE WHEN f.is_compared THEN f.skus END,
      CASE WHEN f.is_compared THEN f.quantities END, CASE WHEN f.is_compared THEN f.unsellable END,
      CASE WHEN f.is_compared THEN f.places END, CASE WHEN f.is_compared THEN f.silent ELSE '{}' END
    FROM chunk AS c CROSS JOIN found AS f
  )
  SELECT is_compared AS "isCompared" FROM found`;
