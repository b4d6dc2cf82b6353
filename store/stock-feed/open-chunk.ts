import type { Knex } from 'knex';
import type { FeedMode } from '../../domain/stock/feed';

/** The chunk whose turn it is, with the feed that it belongs to. */
export interface OpenChunk {
  feedId: string;
  position: number;
  mode: FeedMode;
  locationId: string;
  takenAt: string;
  /** No ledger row up to this one is younger than the feed. */
  sinceId: number;
  actor: string;
  /** Rows of the file: none in a chunk of what a full feed does not name. */
  lines: number;
  /** Every row agrees with the counters: there is nothing to do but to say so. */
  isAllUnchanged: boolean;
  /** Something is known of some of its rows without looking at stock. */
  isToldOf: boolean;
  /** Some row of the feed was applied or is as it says. */
  hasGoodRows: boolean;
}

/**
 * Whoever else applies the feed waits for its row, and looks when it has it: what one chunk came to is known before
 * the next is begun.
 */
export async function lockNextChunk(trx: Knex.Transaction, feedId: string): Promise<OpenChunk | null> {
  await trx('stock_feeds').where({ id: feedId }).forUpdate().first('id');
  const answer = await trx.raw<{ rows: (Omit<OpenChunk, 'takenAt'> & { takenAt: Date })[] }>(
    `SELECT f.id AS "feedId", c.position, f.mode, f.location_id AS "locationId", f.taken_at AS "takenAt",
            f.since_id AS "sinceId", f.actor,
            coalesce(cardinality(c.lines), 0) + json_array_length(c.problems) AS lines,
            coalesce(c.different = '{}', false) AS "isAllUnchanged",
            json_array_length(c.problems) + json_array_length(c.repeated) > 0 AS "isToldOf",
            f.applied + f.unchanged > 0 AS "hasGoodRows"
     FROM stock_feeds AS f JOIN stock_feed_chunks AS c ON c.feed_id = f.id
     WHERE f.id = ? AND c.results IS NULL
     ORDER BY c.position LIMIT 1 FOR UPDATE OF c`,
    [feedId],
  );
  const chunk = answer.rows[0];
  return chunk ? { ...chunk, takenAt: chunk.takenAt.toISOString() } : null;
}
