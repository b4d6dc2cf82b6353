import type { Database } from '../connect';

/** SKUs of which some place fell to its reorder point, as movements noted it, oldest first. */
export async function readLowStock(db: Database, limit: number): Promise<{ ids: number[]; skus: string[] }> {
  const rows: { id: number; sku: string }[] = await db('low_stock')
    .orderBy('id')
    .limit(limit)
    .select('id', 'sku');
  return { ids: rows.map(({ id }) => id), skus: [...new Set(rows.map(({ sku }) => sku))] };
}

/** They were looked at, and what came of it is in the database. */
export async function forgetLowStock(db: Database, ids: number[]): Promise<void> {
  if (ids.length > 0) await db('low_stock').whereIn('id', ids).delete();
}
