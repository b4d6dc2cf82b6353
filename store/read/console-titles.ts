import type { Database } from '../connect';

/** Titles of products by SKU. */
export async function readTitles(db: Database, skus: string[]): Promise<Record<string, string>> {
  const rows = await db('products')
    .whereIn('sku', skus)
    .select<{ sku: string; title: string }[]>('sku', 'title');
  return Object.fromEntries(rows.map(({ sku, title }) => [sku, title]));
}
