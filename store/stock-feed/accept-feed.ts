import type { Knex } from 'knex';
import type { FeedLayout } from '../../domain/stock/feed-header';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { feedOf, type FeedRecord, type StockFeed } from './feed-view';

export interface AcceptFeedInput {
  id: string;
  rowsRead: number;
  /** Whether each SKU is greater than the one before. */
  isAscending: boolean;
  /** Up to which SKU all its rows were compared as they came; null when they were not. */
  comparedTo: string | null;
  /** SHA-256 of the file. */
  contentHash: string;
  /** Of a CSV file. */
  layout?: FeedLayout | null;
}

export type AcceptFeedResult =
  | { outcome: 'accepted' | 'duplicate'; feed: StockFeed }
  /** The same reference with another content. */
  | { outcome: 'otherContent'; feed: StockFeed }
  /** A feed of the location is there already that was taken later, or at the same instant. */
  | { outcome: 'overtaken'; by: StockFeed };

/**
 * Takes a feed that was received whole into the row of its location, once: the same reference, or the same content
 * taken at the same instant, is the feed that is there. None may be older than the newest of its location, nor as old
 * as a full one, or a full one as old as any: it would undo what that said, or say again what it knew. What is not
 * accepted is forgotten.
 */
export async function acceptFeed(db: Database, input: AcceptFeedInput): Promise<AcceptFeedResult> {
  return inTransaction(db, async (trx) => {
    const received = await trx<FeedRecord>('stock_feeds').where({ id: input.id }).first();
    if (!received) throw new Error(`Feed ${input.id} was forgotten while it was received`);
    await trx.raw(`SELECT pg_advisory_xact_lock(hashtextextended('feeds:' || ?, 0))`, [received.location_id]);
    const same = await findSame(trx, received, input.contentHash);
    const by = same ? undefined : await findNewer(trx, received);
    if (same || by) {
      await trx('stock_feeds').where({ id: input.id, state: 'receiving' }).delete();
      if (by) return { outcome: 'overtaken', by: feedOf(by) };
      const isSame = same!.content_hash === input.contentHash;
      return { outcome: isSame ? 'duplicate' : 'otherContent', feed: feedOf(same!) };
    }
    const layout = input.layout ? JSON.stringify(input.layout) : null;
    const accepted = await trx.raw<{ rows: FeedRecord[] }>(accept, { ...input, layout });
    return { outcome: 'accepted', feed: feedOf(accepted.rows[0]!) };
  });
}

const accept = `
  UPDATE stock_feeds SET state = 'accepted', position = nextval('stock_feed_positions'),
    rows_read = :rowsRead, content_hash = :contentHash, is_ascending = :isAscending,
    compared_to = :comparedTo, layout = :layout
  WHERE id = :id
  RETURNING *`;

function findSame(
  trx: Knex.Transaction,
  feed: FeedRecord,
  contentHash: string,
): Promise<FeedRecord | undefined> {
  const query = trx<FeedRecord>('stock_feeds')
    .where('location_id', feed.location_id)
    .whereNot('state', 'receiving');
  if (feed.reference !== null) void query.where('reference', feed.reference);
  else void query.where({ mode: feed.mode, taken_at: feed.taken_at, content_hash: contentHash });
  return query.first();
}

function findNewer(trx: Knex.Transaction, feed: FeedRecord): Promise<FeedRecord | undefined> {
  // Deltas of the same instant add up.
  const comesTooLate =
    feed.mode === 'full'
      ? 'taken_at >= :takenAt'
      : `(taken_at > :takenAt OR (mode = 'full' AND taken_at = :takenAt))`;
  return trx<FeedRecord>('stock_feeds')
    .where('location_id', feed.location_id)
    .whereNot('state', 'receiving')
    .whereRaw(comesTooLate, { takenAt: feed.taken_at })
    .orderBy('taken_at', 'desc')
    .first();
}
