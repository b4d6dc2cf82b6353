import type { Database } from '../connect';
import { assignBackorders } from '../stock/assign-backorders';
import { lockSkusToGive } from '../stock/lock-skus';
import { inTransaction } from '../transaction';

/** So many SKUs are locked at once: every lock takes room in the server's memory. */
const atOnce = 500;

/**
 * Looks once more for lines that wait for what chunks brought: whoever began to wait while a chunk was applied saw the
 * stock before. A chunk that nobody finished is found again.
 */
export async function serveGrown(db: Database, feedId: string, at: string): Promise<void> {
  const chunks: { position: number }[] = await db('stock_feed_chunks')
    .where('feed_id', feedId)
    .where('grown', '<>', '{}')
    .orderBy('position')
    .select('position');
  if (chunks.length === 0) return;
  await letPassWhoBegins(db);
  for (const { position } of chunks) {
    const skus = await readWaitedFor(db, feedId, position);
    for (let from = 0; from < skus.length; from += atOnce)
      await serve(db, skus.slice(from, from + atOnce), at);
    await db('stock_feed_chunks').where({ feed_id: feedId, position }).update({ grown: [] });
  }
}

/**
 * Whoever begins to wait for stock shares the lock of the buffers' version until that is seen by all: to have it alone
 * for a moment is to have waited for them, and costs less than the lock of each SKU.
 */
const letPassWhoBegins = (db: Database): Promise<void> =>
  inTransaction(db, async (trx) => {
    await trx.raw('SELECT version FROM channel_buffers_version FOR UPDATE');
  });

async function readWaitedFor(db: Database, feedId: string, position: number): Promise<string[]> {
  const answer = await db.raw<{ rows: { sku: string }[] }>(
    `SELECT DISTINCT sku FROM backorders
     WHERE open > 0 AND sku IN (
       SELECT unnest(grown) FROM stock_feed_chunks WHERE feed_id = ? AND position = ?)
     ORDER BY sku`,
    [feedId, position],
  );
  return answer.rows.map(({ sku }) => sku);
}

const serve = (db: Database, skus: string[], at: string): Promise<void> =>
  inTransaction(db, async (trx) => {
    await lockSkusToGive(trx, skus);
    await assignBackorders(trx, { skus, at });
  });
