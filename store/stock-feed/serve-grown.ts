import type { Database } from '../connect';
import { assignBackorders } from '../stock/assign-backorders';
import { lockSkus, lockSkusToGive } from '../stock/lock-skus';
import { inTransaction } from '../transaction';

/** So many SKUs are locked at once: every lock takes room in the server's memory. */
const atOnce = 500;

/**
 * Looks once more for lines that wait for what chunks brought. Whoever began to wait while a chunk was applied saw the
 * stock before and holds its SKU's lock: here it is waited for. A chunk that nobody finished is found again.
 */
export async function serveGrown(db: Database, feedId: string, at: string): Promise<void> {
  const chunks: { position: number; grown: string[] }[] = await db('stock_feed_chunks')
    .where('feed_id', feedId)
    .where('grown', '<>', '{}')
    .orderBy('position')
    .select('position', 'grown');
  for (const { position, grown } of chunks) {
    for (let from = 0; from < grown.length; from += atOnce)
      await serve(db, grown.slice(from, from + atOnce), at);
    await db('stock_feed_chunks').where({ feed_id: feedId, position }).update({ grown: [] });
  }
}

const serve = (db: Database, skus: string[], at: string): Promise<void> =>
  inTransaction(db, async (trx) => {
    await lockSkus(trx, skus);
    const waiting = await trx.raw<{ rows: { sku: string }[] }>(
      'SELECT DISTINCT sku FROM backorders WHERE open > 0 AND sku = ANY (?) ORDER BY sku',
      [skus],
    );
    const served = waiting.rows.map((row) => row.sku);
    await lockSkusToGive(trx, served);
    await assignBackorders(trx, { skus: served, at });
  });
