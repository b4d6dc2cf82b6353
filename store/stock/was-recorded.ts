import type { Database } from '../connect';

/** Whether a change of a place is in the ledger by its key already. */
export async function wasRecorded(
  trx: Database,
  { key, sku, locationId }: { key: string; sku: string; locationId: string },
): Promise<boolean> {
  const row = await trx('stock_ledger').where({ key, sku, location_id: locationId }).first('id');
  return row !== undefined;
}
