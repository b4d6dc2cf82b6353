import { inTransaction } from '../transaction';
import type { Database } from '../connect';
import { endCountWaitsByFeed } from '../stock/count-wait';

/** A feed of which every chunk was applied. A full one was a look at every shelf of its location. */
export async function endFeed(db: Database, feedId: string, at: string): Promise<void> {
  await inTransaction(db, async (trx) => {
    const [ended] = await trx('stock_feeds')
      .where({ id: feedId, state: 'applying' })
      .update({ state: 'applied', applied_at: at })
      .returning(['mode', 'remark']);
    // A file of nothing but errors has a remark.
    if (ended?.mode === 'full' && ended.remark === null) await endCountWaitsByFeed(trx, feedId);
  });
}
