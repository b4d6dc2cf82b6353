import type { Supplier } from '../../domain/purchasing/supplier';
import type { Database } from '../connect';
import { rowOfSupplier } from './supplier-row';

export type SaveSupplierResult = { outcome: 'saved' } | { outcome: 'unknownLocation' };

/** Creates a supplier or replaces it whole; what it sells stays. */
export async function saveSupplier(db: Database, supplier: Supplier): Promise<SaveSupplierResult> {
  const { locationId } = supplier;
  if (locationId !== null && !(await db('locations').where('id', locationId).first('id')))
    return { outcome: 'unknownLocation' };
  await db('suppliers')
    .insert({ ...rowOfSupplier(supplier), updated_at: db.fn.now() })
    .onConflict('id')
    .merge();
  return { outcome: 'saved' };
}
