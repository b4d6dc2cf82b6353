import type { Knex } from 'knex';
import type { FeedMode } from '../../domain/stock/feed';
import type { Lane } from './lanes';

/** As many chunks as are applied in one transaction, with the feed that they belong to. */
export interface OpenPortion {
  feedId: string;
  /** Positions of its first and last chunk. */
  first: number;
  last: number;
  mode: FeedMode;
  locationId: string;
  takenAt: string;
  /** No ledger row up to this one is younger than the feed. */
  sinceId: number;
  actor: string;
  /** Rows of the file: none in a chunk of what a full feed does not name. */
  lines: number;
  /** Rows that do not agree with the counters as they were when they were compared. */
  due: number;
  /** What a full feed does not name. */
  isUnnamed: boolean;
  /** Something is known of some of its rows without looking at stock. */
  isToldOf: boolean;
  /** Some row of the feed was applied or is as it says. */
  hasGoodRows: boolean;
}

/**
 * Takes the next chunks of a feed, or of a lane of it. Chunks that were compared go together until so many of their rows
 * are due or to be told of, for these are held at once; others go alone. Whoever else takes the same ones waits for them,
 * finds that they are done, and takes the next.
 */
export async function lockNextPortion(
  trx: Knex.Transaction,
  feedId: string,
  { from, until }: Lane,
  mostDue: number,
): Promise<OpenPortion | null> {
  // Tables grow a thousandfold while a feed is applied: a plan made for the small ones must not stay.
  await trx.raw(`SELECT set_config('plan_cache_mode', 'force_custom_plan', true)`);
  for (;;) {
    const answer = await trx.raw<{ rows: NextPortion[] }>(next, { feedId, from, until, mostDue, mostChunks });
    const found = answer.rows[0];
    if (!found) return null;
    const { chunks, takenAt, ...portion } = found;
    const locked = await trx.raw<{ rows: unknown[] }>(lock, { ...portion });
    if (locked.rows.length === chunks) return { ...portion, takenAt: takenAt.toISOString() };
  }
}

type NextPortion = Omit<OpenPortion, 'takenAt'> & { takenAt: Date; chunks: number };

/** Where nothing is due, a feed still shows how far it has come. */
const mostChunks = 100;

const next = `
  WITH open AS (
    SELECT position, lines IS NULL AS is_unnamed, due_lines IS NOT NULL AS is_compared,
      coalesce(cardinality(lines), 0) + text_rows + json_array_length(problems) AS lines,
      coalesce(cardinality(due_lines), cardinality(skus)) AS due,
      json_array_length(problems) + json_array_length(repeated) AS told
    FROM stock_feed_chunks
    WHERE feed_id = :feedId AND results IS NULL AND position >= :from AND position < :until
    ORDER BY position LIMIT :mostChunks
  ), portion AS (
    SELECT *, row_number() OVER whole = 1 OR bool_and(is_compared) OVER whole AND sum(greatest(due, told)) OVER whole <= :mostDue AS is_in
    FROM open
    WINDOW whole AS (ORDER BY position)
  )
  SELECT f.id AS "feedId", min(p.position) AS first, max(p.position) AS last, f.mode, f.location_id AS "locationId",
         f.taken_at AS "takenAt", f.since_id AS "sinceId", f.actor, sum(p.lines)::int AS lines, sum(p.due)::int AS due,
         bool_or(p.is_unnamed) AS "isUnnamed", sum(p.told) > 0 AS "isToldOf",
         f.applied + f.unchanged > 0 AS "hasGoodRows", count(*)::int AS chunks
  FROM stock_feeds AS f CROSS JOIN portion AS p
  WHERE f.id = :feedId AND p.is_in
  GROUP BY f.id`;

const lock = `
  SELECT 1 FROM stock_feed_chunks
  WHERE feed_id = :feedId AND position BETWEEN :first AND :last AND results IS NULL
  ORDER BY position FOR UPDATE`;
