import type { SupplierItem } from '../../domain/purchasing/supplier';
import type { Database } from '../connect';

/** Creates or replaces what a supplier sells of a SKU. Both are known to exist. */
export async function saveSupplierItem(
  db: Database,
  { supplierId, item }: { supplierId: string; item: SupplierItem },
): Promise<void> {
  await db('supplier_items')
    .insert({
      supplier_id: supplierId,
      sku: item.sku,
      supplier_sku: item.supplierSku,
      cost: item.cost?.amount ?? null,
      pack_size: item.packSize,
      minimum_quantity: item.minimumQuantity,
    })
    .onConflict(['supplier_id', 'sku'])
    .merge();
}
