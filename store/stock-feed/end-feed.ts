import type { Database } from '../connect';

/** A feed of which every chunk was applied. */
export async function endFeed(db: Database, feedId: string, at: string): Promise<void> {
  await db('stock_feeds')
    .where({ id: feedId, state: 'applying' })
    .update({ state: 'applied', applied_at: at });
}
