import type { Supplier } from '../../domain/purchasing/supplier';
import type { Database } from '../connect';
import { pageOf, type Page } from '../page';
import { supplierOf, type SupplierRow } from './supplier-row';

/** Suppliers by id, a page at a time. */
export async function listSuppliers(
  db: Database,
  input: { after?: string; limit: number },
): Promise<Page<Supplier, string>> {
  const query = db<SupplierRow>('suppliers')
    .orderBy('id')
    .limit(input.limit + 1);
  if (input.after !== undefined) void query.where('id', '>', input.after);
  return pageOf((await query).map(supplierOf), input.limit, ({ id }) => id);
}
