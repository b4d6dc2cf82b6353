import type { Knex } from 'knex';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { compareAll, compareTheRest } from './compare-feed';
import type { FeedRecord } from './feed-view';

/**
 * Begins to apply a feed: what is to be done is found chunk by chunk. Rows that agree with the counters are unchanged
 * for good: what moves later, moves after the feed was taken. In a full feed rows whose SKU an earlier line names are
 * marked, and what it does not name is added as chunks of its own. Begun again, it stays.
 */
export async function beginFeed(db: Database, feedId: string, chunkRows: number): Promise<void> {
  await inTransaction(db, async (trx) => {
    const feed = await trx<FeedRecord>('stock_feeds')
      .where({ id: feedId, state: 'accepted' })
      .forUpdate()
      .first();
    if (!feed) return;
    if (feed.mode === 'full') {
      const isCompared = feed.compared_to !== null && (await followsStill(trx, feed));
      await (isCompared ? compareTheRest(trx, feed, chunkRows) : compareAll(trx, feed, chunkRows));
    }
    await trx.raw(begin, { feedId });
  });
}

/** Whether no other feed has come before this one since it began to be received: its rows were compared for nothing. */
async function followsStill(trx: Knex.Transaction, feed: FeedRecord): Promise<boolean> {
  const before = await trx<FeedRecord>('stock_feeds')
    .where('location_id', feed.location_id)
    .where('position', '<', feed.position)
    .max<{ max: number | null }>('position')
    .first();
  return (before?.max ?? 0) === feed.follows;
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
