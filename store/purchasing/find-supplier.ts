import type { Supplier } from '../../domain/purchasing/supplier';
import type { Database } from '../connect';
import { supplierOf, type SupplierRow } from './supplier-row';

export async function findSupplier(db: Database, id: string): Promise<Supplier | null> {
  const row = await db<SupplierRow>('suppliers').where({ id }).first();
  return row ? supplierOf(row) : null;
}
