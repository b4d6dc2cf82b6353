import type { Database } from '../connect';
import { assignBackorders } from '../stock/assign-backorders';
import { lockSkusToGive } from '../stock/lock-skus';
import { inTransaction } from '../transaction';

/** So many SKUs are locked at once: every lock takes room in the server's memory. */
const atOnce = 500;

/**
 * Looks once more for lines that wait for what a chunk brought. Whoever began to wait while the chunk was applied saw
 * the stock before and holds its SKU's lock: here it is waited for. A chunk that nobody finished is found again.
 */
export async function serveGrown(db: Database, feedId: string, at: string): Promise<void> {
  for (;;) {
    const left = await inTransaction(db, async (trx) => {
      const chunk: { position: number; grown: string[] } | undefined = await trx('stock_feed_chunks')
        .where('feed_id', feedId)
        .where('grown', '<>', '{}')
        .orderBy('position')
        .first('position', 'grown');
      if (!chunk) return false;
      const skus = chunk.grown.slice(0, atOnce);
      await lockSkusToGive(trx, skus);
      for (const sku of await readWaitedFor(trx, skus)) await assignBackorders(trx, { sku, at });
      await trx('stock_feed_chunks')
        .where({ feed_id: feedId, position: chunk.position })
        .update({ grown: chunk.grown.slice(atOnce) });
      return true;
    });
    if (!left) return;
  }
}

async function readWaitedFor(trx: Database, skus: string[]): Promise<string[]> {
  const answer = await trx.raw<{ rows: { sku: string }[] }>(
    'SELECT DISTINCT sku FROM backorders WHERE open > 0 AND sku = ANY (?) ORDER BY sku',
    [skus],
  );
  return answer.rows.map((row) => row.sku);
}
