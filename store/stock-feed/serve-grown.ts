import type { Database } from '../connect';
import { assignBackorders } from '../stock/assign-backorders';
import { lockSkusToGive } from '../stock/lock-skus';
import { inTransaction } from '../transaction';

/** So many SKUs are locked at once: every lock takes room in the server's memory. */
const atOnce = 500;

/**
 * Looks once more for lines that wait for what chunks brought: whoever began to wait while they were applied saw the stock
 * before. Chunks that nobody finished are found again.
 */
export async function serveGrown(db: Database, feedId: string, at: string): Promise<void> {
  const grown: number[] = await db('stock_feed_chunks')
    .where('feed_id', feedId)
    .where('grown', '<>', '{}')
    .pluck('position');
  if (grown.length === 0) return;
  await letPassWhoBegins(db);
  const skus = await readWaitedFor(db, feedId);
  for (let from = 0; from < skus.length; from += atOnce) await serve(db, skus.slice(from, from + atOnce), at);
  await db('stock_feed_chunks').where('feed_id', feedId).whereIn('position', grown).update({ grown: [] });
}

/**
 * Whoever begins to wait for stock shares the lock of the buffers' version until that is seen by all: to have it alone
 * for a moment is to have waited for them, and costs less than the lock of each SKU.
 */
const letPassWhoBegins = (db: Database): Promise<void> =>
  inTransaction(db, async (trx) => {
    await trx.raw('SELECT version FROM channel_buffers_version FOR UPDATE');
  });

async function readWaitedFor(db: Database, feedId: string): Promise<string[]> {
  const answer = await db.raw<{ rows: { sku: string }[] }>(
    `SELECT DISTINCT sku FROM backorders
     WHERE open > 0 AND sku IN (SELECT unnest(grown) FROM stock_feed_chunks WHERE feed_id = ? AND grown <> '{}')
     ORDER BY sku`,
    [feedId],
  );
  return answer.rows.map(({ sku }) => sku);
}

const serve = (db: Database, skus: string[], at: string): Promise<void> =>
  inTransaction(db, async (trx) => {
    await lockSkusToGive(trx, skus);
    await assignBackorders(trx, { skus, at });
  });
