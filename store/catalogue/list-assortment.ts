import type { Database } from '../connect';
import { pageOf, type Page } from '../page';

/** SKUs that a location carries by its list, a page at a time. */
export async function listAssortment(
  db: Database,
  input: { locationId: string; after?: string; limit: number },
): Promise<Page<{ sku: string }, string>> {
  const query = db('location_assortment')
    .where('location_id', input.locationId)
    .orderBy('sku')
    .limit(input.limit + 1)
    .select<{ sku: string }[]>('sku');
  if (input.after !== undefined) void query.where('sku', '>', input.after);
  return pageOf(await query, input.limit, ({ sku }) => sku);
}
