import type { SupplierItem } from '../../domain/purchasing/supplier';
import type { Database } from '../connect';
import { pageOf, type Page } from '../page';
import { supplierItemOf, type SupplierItemRow } from './supplier-row';

/** An item of a list says what it is. */
export type ListedItem = SupplierItem & { title: string };

/** What a supplier sells, by SKU, a page at a time. */
export async function listSupplierItems(
  db: Database,
  input: { supplierId: string; skus?: string[]; after?: string; limit: number },
): Promise<Page<ListedItem, string>> {
  const query = db('supplier_items as i')
    .join('suppliers as s', 's.id', 'i.supplier_id')
    .join('products as p', 'p.sku', 'i.sku')
    .where('i.supplier_id', input.supplierId)
    .orderBy('i.sku')
    .limit(input.limit + 1)
    .select<(SupplierItemRow & { currency: string; title: string })[]>('i.*', 's.currency', 'p.title');
  if (input.skus) void query.whereIn('i.sku', input.skus);
  if (input.after !== undefined) void query.where('i.sku', '>', input.after);
  const rows = await query;
  return pageOf(
    rows.map((row) => ({ ...supplierItemOf(row, row.currency), title: row.title })),
    input.limit,
    ({ sku }) => sku,
  );
}
