import type { Supplier, SupplierItem } from '../../domain/purchasing/supplier';
import type { Database } from '../connect';
import { supplierItemOf, supplierOf } from '../purchasing/supplier-row';

/**
 * Who supplies a SKU and how: the one that is asked for, else of all that sell it who delivers soonest. One that is
 * asked for need not list it: then pieces come singly.
 */
export async function findSupplierOf(
  db: Database,
  { sku, supplierId }: { sku: string; supplierId: string | null },
): Promise<{ supplier: Supplier; item: Pick<SupplierItem, 'packSize' | 'minimumQuantity'> } | null> {
  const query = db('suppliers as s')
    .leftJoin('supplier_items as i', (on) => on.on('i.supplier_id', 's.id').andOnVal('i.sku', sku))
    .orderBy(['s.lead_time_days', 's.id'])
    .first('s.*', 'i.sku', 'i.supplier_sku', 'i.cost', 'i.pack_size', 'i.minimum_quantity');
  const row = await (supplierId === null ? query.whereNotNull('i.sku') : query.where('s.id', supplierId));
  if (!row) return null;
  const item = row.sku === null ? { packSize: 1, minimumQuantity: 1 } : supplierItemOf(row, row.currency);
  return { supplier: supplierOf(row), item };
}
