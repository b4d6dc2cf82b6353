import type { Database } from '../connect';
import { pageOf, type Page } from '../page';
import { feedOf, type FeedRecord, type StockFeed } from './feed-view';

export async function findFeed(db: Database, id: string): Promise<StockFeed | null> {
  const row = await db<FeedRecord>('stock_feeds').where({ id }).whereNot('state', 'receiving').first();
  return row ? feedOf(row) : null;
}

export interface ListFeedsInput {
  locationId?: string;
  /** Position of the last feed of the page before. */
  before?: number;
  limit: number;
}

/** Feeds, the newest first, a page at a time. */
export async function listFeeds(
  db: Database,
  { locationId, before, limit }: ListFeedsInput,
): Promise<Page<StockFeed, { position: number }>> {
  const query = db<FeedRecord>('stock_feeds')
    .whereNot('state', 'receiving')
    .orderBy('position', 'desc')
    .limit(limit + 1);
  if (locationId !== undefined) void query.where('location_id', locationId);
  if (before !== undefined) void query.where('position', '<', before);
  const page = pageOf(await query, limit, (row) => ({ position: row.position! }));
  return { ...page, items: page.items.map(feedOf) };
}

/** Locations with feeds that are not applied yet. */
export async function locationsOfOpenFeeds(db: Database): Promise<string[]> {
  const rows: { location_id: string }[] = await db('stock_feeds')
    .whereIn('state', ['accepted', 'applying'])
    .distinct('location_id');
  return rows.map((row) => row.location_id);
}

/** The feed of a location whose turn it is; null when all are applied. */
export async function nextFeed(db: Database, locationId: string): Promise<string | null> {
  const row: { id: string } | undefined = await db('stock_feeds')
    .where('location_id', locationId)
    .whereIn('state', ['accepted', 'applying'])
    .orderBy('position')
    .first('id');
  return row?.id ?? null;
}
