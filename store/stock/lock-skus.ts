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

/**
 * For whoever may give stock of some SKUs to the lines that wait for it: the SKU locks, and where anybody waits
 * every counter of these SKUs in key order, because giving touches other places than the one that stock came to.
 */
export async function lockSkusToGive(trx: Database, skus: readonly string[]): Promise<void> {
  if (skus.length === 0) return;
  await lockSkus(trx, skus);
  await trx.raw(
    `SELECT 1 FROM stock AS s
     WHERE s.sku = ANY (:skus) AND EXISTS (SELECT 1 FROM backorders AS b WHERE b.sku = s.sku AND b.open > 0)
     ORDER BY s.sku, s.location_id FOR UPDATE`,
    { skus: [...skus] },
  );
}
