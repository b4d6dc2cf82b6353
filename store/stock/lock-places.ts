import type { Database } from '../connect';
import type { StockRow } from './stock-level';

export type PlacesResult = { outcome: 'locked'; rows: StockRow[] } | { outcome: 'unknown'; detail: string };

/**
 * Locks the counters of a SKU at some places, in key order; places that never had the SKU have no row yet.
 * The SKU's lock is held by the caller.
 */
export async function lockPlaces(trx: Database, sku: string, locationIds: string[]): Promise<PlacesResult> {
  const rows = await readLocked(trx, sku, locationIds);
  if (rows.length === locationIds.length) return { outcome: 'locked', rows };
  const unknown = await whatIsUnknown(trx, sku, locationIds);
  return unknown ? { outcome: 'unknown', detail: unknown } : { outcome: 'locked', rows };
}

/** Makes the counters that are missing, all at 0. */
export async function makePlaces(trx: Database, sku: string, locationIds: string[]): Promise<void> {
  await trx('stock')
    .insert(locationIds.map((location_id) => ({ sku, location_id })))
    .onConflict(['sku', 'location_id'])
    .ignore();
}

async function readLocked(trx: Database, sku: string, locationIds: string[]): Promise<StockRow[]> {
  return trx<StockRow>('stock')
    .where({ sku })
    .whereIn('location_id', locationIds)
    .orderBy('location_id')
    .forUpdate();
}

async function whatIsUnknown(trx: Database, sku: string, locationIds: string[]): Promise<string | null> {
  const known = await trx.raw<{ rows: { product: boolean; places: string[] }[] }>(
    `SELECT EXISTS (SELECT 1 FROM products WHERE sku = ?) AS product,
            ARRAY(SELECT id FROM locations WHERE id = ANY (?)) AS places`,
    [sku, locationIds],
  );
  const { product, places } = known.rows[0]!;
  if (!product) return `No product has the SKU "${sku}"`;
  const missing = locationIds.find((id) => !places.includes(id));
  return missing === undefined ? null : `No location has the id "${missing}"`;
}
