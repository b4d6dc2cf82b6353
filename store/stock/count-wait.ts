import type { Database } from '../connect';

/** What waits for a count of a SKU at the store that sold it, among the waits of its order. */
export const countWait = (sku: string): string => `count:${sku}`;

/** Somebody has counted: the orders whose till sold more than were known to be there wait for it no more. */
export async function endCountWaits(
  trx: Database,
  { sku, locationId }: { sku: string; locationId: string },
): Promise<void> {
  await trx('order_waits')
    .where('key', countWait(sku))
    .whereIn(
      'order_id',
      trx('stock_ledger').where({ sku, location_id: locationId, cause: 'foundAtTill' }).select('order_id'),
    )
    .delete();
}
