import type { Database } from '../connect';

/** Which of some SKUs a location's assortment names. */
export async function readCarried(
  db: Database,
  { locationId, skus }: { locationId: string; skus: string[] },
): Promise<string[]> {
  return db('location_assortment')
    .where('location_id', locationId)
    .whereRaw('sku = ANY (?)', [skus])
    .pluck('sku');
}
