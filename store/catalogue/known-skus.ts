import type { Database } from '../connect';

/** Which of these SKUs are products of ours. */
export async function knownSkus(db: Database, skus: string[]): Promise<string[]> {
  const rows = await db('products').select<{ sku: string }[]>('sku').whereIn('sku', skus);
  return rows.map((row) => row.sku);
}
