import type { Database } from '../connect';
import { pageOf, type Page } from '../page';
import { levelOf, type StockLevel, type StockRow } from './stock-level';

export interface ReadStockInput {
  sku?: string;
  locationId?: string;
  after?: { sku: string; locationId: string };
  limit: number;
}

/** Stock by SKU and location, a page at a time. */
export async function readStock(
  db: Database,
  input: ReadStockInput,
): Promise<Page<StockLevel, { sku: string; locationId: string }>> {
  const query = db<StockRow>('stock')
    .orderBy(['sku', 'location_id'])
    .limit(input.limit + 1);
  if (input.sku !== undefined) void query.where('sku', input.sku);
  if (input.locationId !== undefined) void query.where('location_id', input.locationId);
  if (input.after)
    void query.whereRaw('(sku, location_id) > (?, ?)', [input.after.sku, input.after.locationId]);
  return pageOf((await query).map(levelOf), input.limit, ({ sku, locationId }) => ({ sku, locationId }));
}
