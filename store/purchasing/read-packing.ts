import type { SupplierItem } from '../../domain/purchasing/supplier';
import type { Database } from '../connect';

/** How a supplier sells what it has an item for, of these lines. */
export const readPacking = (
  trx: Database,
  supplierId: string,
  lines: readonly { sku: string }[],
): Promise<Pick<SupplierItem, 'sku' | 'packSize' | 'minimumQuantity'>[]> =>
  trx('supplier_items')
    .where('supplier_id', supplierId)
    .whereIn(
      'sku',
      lines.map(({ sku }) => sku),
    )
    .select('sku', { packSize: 'pack_size', minimumQuantity: 'minimum_quantity' });
