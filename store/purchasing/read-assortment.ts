import type { Assortment } from '../../domain/purchasing/packing';
import type { Database } from '../connect';

/** Whether a supplier lists what it sells, and how it sells what these lines name. */
export async function readAssortment(
  trx: Database,
  supplierId: string,
  lines: readonly { sku: string }[],
): Promise<Assortment> {
  const listed = () => trx('supplier_items').where('supplier_id', supplierId);
  const items: Assortment['items'] = await listed()
    .whereIn(
      'sku',
      lines.map(({ sku }) => sku),
    )
    .select('sku', { packSize: 'pack_size', minimumQuantity: 'minimum_quantity' });
  return { isKnown: items.length > 0 || (await listed().first('sku')) !== undefined, items };
}
