import type { Database } from '../connect';

export interface SupplyChanges {
  ids: number[];
  skus: string[];
}

/** SKUs whose supply or claims have changed, oldest first; what several read is done several times, to no harm. */
export async function readSupplyChanges(db: Database, limit: number): Promise<SupplyChanges> {
  const rows: { id: number; sku: string }[] = await db('supply_changes').orderBy('id').limit(limit).select();
  return { ids: rows.map(({ id }) => id), skus: [...new Set(rows.map(({ sku }) => sku))] };
}

/** What came of them is in the database. */
export async function forgetSupplyChanges(db: Database, ids: number[]): Promise<void> {
  if (ids.length > 0) await db('supply_changes').whereIn('id', ids).delete();
}
