import type { Knex } from 'knex';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
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
  const { lines, skus, quantities, unsellable } = chunk.rows;
  const columns = { lines, skus, quantities, unsellable };
  const row = { feedId, position, ...columns, problems: JSON.stringify(problems) };
  return inTransaction(db, async (trx) => {
    await trx.raw(settings);
    if (comparison)
      return compareAndKeep(trx, { ...row, ...comparison, mostHere: 4 * chunk.rows.count + 1_000 });
    await trx.raw(keep, row);
    return null;
  });
}

async function compareAndKeep(trx: Knex.Transaction, bindings: Knex.ValueDict): Promise<string | null> {
  const answer = await trx.raw<{ rows: { comparedTo: string | null }[] }>(compared, bindings);
  return answer.rows[0]!.comparedTo;
}

/**
 * Nothing of it need outlive a crash: the commit that accepts the feed is waited for, and all before lies before it on
 * disk. The stock of a location is read in the order of its index, whatever was the best plan when it was empty.
 */
const settings = `
  SELECT set_config('synchronous_commit', 'off', true), set_config('plan_cache_mode', 'force_custom_plan', true),
         set_config('enable_seqscan', 'off', true)`;

const keep = `
  INSERT INTO stock_feed_chunks (feed_id, position, lines, skus, quantities, unsellable, problems)
  VALUES (:feedId, :position, CAST(:lines AS int[]), CAST(:skus AS text[]), CAST(:quantities AS int[]),
    CAST(:unsellable AS int[]), :problems)`;

const compared = `
  WITH chunk AS MATERIALIZED (
    SELECT CAST(:lines AS int[]) AS lines, CAST(:skus AS text[]) AS skus, CAST(:quantities AS int[]) AS quantities,
      CAST(:unsellable AS int[]) AS unsellable
  ), named AS MATERIALIZED (
    SELECT r.* FROM chunk AS c
    CROSS JOIN LATERAL unnest(c.lines, c.skus, c.quantities, c.unsellable) AS r (line, sku, quantity, unsellable)
  ), range AS MATERIALIZED (
    SELECT min(sku) AS first, max(sku) AS last FROM named
  ), here AS MATERIALIZED (
    SELECT s.* FROM range
    CROSS JOIN LATERAL (
      SELECT ctid AS place, sku, on_hand, unsellable, moved_at > :takenAt AS has_moved FROM stock
      WHERE location_id = :locationId AND sku > :comparedTo AND sku <= range.last
      LIMIT :mostHere
    ) AS s
  ), verdict AS MATERIALIZED (
    SELECT coalesce(first > :comparedTo, true) AND (SELECT count(*) FROM here) < :mostHere AS is_compared,
      coalesce(last, :comparedTo) AS last
    FROM range
  ), different AS MATERIALIZED (
    SELECT n.line, n.sku, n.quantity, n.unsellable, h.place, h.sku AS sku_here
    FROM named AS n FULL JOIN here AS h ON h.sku = n.sku
    WHERE ${isDifferent}
  ), due AS (
    SELECT coalesce(array_agg(line), '{}') AS lines, coalesce(array_agg(sku), '{}') AS skus,
      coalesce(array_agg(quantity), '{}') AS quantities, coalesce(array_agg(unsellable), '{}') AS unsellable,
      coalesce(array_agg(place), '{}') AS places
    FROM different WHERE line IS NOT NULL
  ), kept AS (
    INSERT INTO stock_feed_chunks (feed_id, position, lines, skus, quantities, unsellable, problems, due_lines, due_skus,
      due_quantities, due_unsellable, due_places, silent)
    SELECT :feedId, :position, c.lines, c.skus, c.quantities, c.unsellable, :problems,
      CASE WHEN v.is_compared THEN d.lines END, CASE WHEN v.is_compared THEN d.skus END,
      CASE WHEN v.is_compared THEN d.quantities END, CASE WHEN v.is_compared THEN d.unsellable END,
      CASE WHEN v.is_compared THEN d.places END,
      coalesce((SELECT array_agg(sku_here) FROM different WHERE line IS NULL AND v.is_compared), '{}')
    FROM chunk AS c CROSS JOIN verdict AS v CROSS JOIN due AS d
  )
  SELECT CASE WHEN is_compared THEN last END AS "comparedTo" FROM verdict`;
