import type { Database } from '../connect';
import { pageOf, type Page } from '../page';
import { reorderPointOf, type ReorderPoint, type ReorderPointRow } from './reorder-point-row';

export interface ReorderPosition {
  sku: string;
  locationId: string;
}

/** Reorder points by SKU and location, a page at a time. */
export async function listReorderPoints(
  db: Database,
  input: { sku?: string; locationId?: string; after?: ReorderPosition; limit: number },
): Promise<Page<ReorderPoint, ReorderPosition>> {
  const query = db<ReorderPointRow>('reorder_points')
    .orderBy(['sku', 'location_id'])
    .limit(input.limit + 1);
  if (input.sku !== undefined) void query.where('sku', input.sku);
  if (input.locationId !== undefined) void query.where('location_id', input.locationId);
  if (input.after)
    void query.whereRaw('(sku, location_id) > (?, ?)', [input.after.sku, input.after.locationId]);
  return pageOf((await query).map(reorderPointOf), input.limit, ({ sku, locationId }) => ({
    sku,
    locationId,
  }));
}
