import type { FeedMode } from '../../domain/stock/feed';
import type { Database } from '../connect';

export interface OpenFeedInput {
  id: string;
  locationId: string;
  mode: FeedMode;
  takenAt: string;
  reference?: string;
  actor: string;
}

/** Makes room for a feed that is about to be received; it is none until it is accepted. */
export async function openFeed(db: Database, input: OpenFeedInput): Promise<void> {
  await db('stock_feeds').insert({
    id: input.id,
    location_id: input.locationId,
    mode: input.mode,
    taken_at: input.takenAt,
    reference: input.reference ?? null,
    actor: input.actor,
  });
}

/** Forgets a feed that was not accepted, with all that was received of it. */
export async function discardFeed(db: Database, id: string): Promise<void> {
  await db('stock_feeds').where({ id, state: 'receiving' }).delete();
}

/** Forgets what was begun to be received and never finished: whoever received it is gone. */
export async function forgetUnfinishedFeeds(db: Database): Promise<void> {
  await db('stock_feeds')
    .where('state', 'receiving')
    .whereRaw(`received_at < now() - interval '1 day'`)
    .delete();
}
