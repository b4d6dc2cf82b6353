import type { Database } from '../connect';

/**
 * Serialises what adds sellable stock of a SKU with what starts to wait for it, so that nobody begins to wait
 * for stock that has just come. Everybody takes these locks first, in order, and stock rows afterwards.
 */
export async function lockSkus(trx: Database, skus: readonly string[]): Promise<void> {
  if (skus.length === 0) return;
  await trx.raw(
    `SELECT pg_advisory_xact_lock(hashtextextended('stock:' || sku, 0))
     FROM (SELECT DISTINCT sku FROM unnest(?::text[]) AS s (sku) ORDER BY sku) AS ordered`,
    [[...skus]],
  );
}
