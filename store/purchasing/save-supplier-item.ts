import type { SupplierItem } from '../../domain/purchasing/supplier';
import type { Database } from '../connect';
import { lookFirst, type Precondition } from '../precondition';
import { inTransaction } from '../transaction';
import { listSupplierItems, type ListedItem } from './list-supplier-items';

/** Creates or replaces what a supplier sells of a SKU. Both are known to exist. */
export async function saveSupplierItem(
  db: Database,
  { supplierId, item }: { supplierId: string; item: SupplierItem },
  mayChange?: Precondition<ListedItem>,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const place = { supplierId, skus: [item.sku], limit: 1 };
    await lookFirst(trx, `supplier:${supplierId}:${item.sku}`, mayChange, async () => {
      const { items } = await listSupplierItems(trx, place);
      return items[0] ?? null;
    });
    await trx('supplier_items')
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
  });
}
