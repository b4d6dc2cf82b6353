import type { Database } from '../connect';

/** So many feeds at once: each may have a million rows. */
const atOnce = 50;

/**
 * Deletes the rows and reports of feeds that were applied so long ago, some at a time. The feeds stay: a newer one goes
 * by when they were taken, and the same again is known.
 */
export async function forgetFeedRows(db: Database, { olderThanMs }: { olderThanMs: number }): Promise<void> {
  await db.raw(
    `WITH old AS (
       SELECT id FROM stock_feeds
       WHERE state = 'applied' AND rows_forgotten_at IS NULL
         AND applied_at < now() - :olderThanMs * interval '1 millisecond'
       ORDER BY applied_at LIMIT :atOnce FOR UPDATE SKIP LOCKED
     ), forgotten AS (
       DELETE FROM stock_feed_chunks WHERE feed_id IN (SELECT id FROM old)
     )
     UPDATE stock_feeds SET rows_forgotten_at = now() WHERE id IN (SELECT id FROM old)`,
    { olderThanMs, atOnce },
  );
}
