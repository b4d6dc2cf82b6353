import type { Supplier } from '../../domain/purchasing/supplier';
import type { Database } from '../connect';
import { lookFirst, type Precondition } from '../precondition';
import { inTransaction } from '../transaction';
import { findSupplier } from './find-supplier';
import { rowOfSupplier } from './supplier-row';

export type SaveSupplierResult = { outcome: 'saved' } | { outcome: 'refused'; detail: string };

/**
 * Creates a supplier or replaces it whole; what it sells stays. One that names the location that it is must name one of
 * type supplier, and alone: its orders would be written to somebody else.
 */
export async function saveSupplier(
  db: Database,
  supplier: Supplier,
  mayChange?: Precondition<Supplier>,
): Promise<SaveSupplierResult> {
  return inTransaction(db, async (trx) => {
    const { id, locationId } = supplier;
    await lookFirst(trx, `supplier:${id}`, mayChange, () => findSupplier(trx, id));
    const detail = locationId === null ? null : await whatForbids(trx, id, locationId);
    if (detail !== null) return { outcome: 'refused', detail };
    await trx('suppliers')
      .insert({ ...rowOfSupplier(supplier), updated_at: trx.fn.now() })
      .onConflict('id')
      .merge();
    return { outcome: 'saved' };
  });
}

async function whatForbids(trx: Database, id: string, locationId: string): Promise<string | null> {
  const location = await trx('locations').where('id', locationId).forUpdate().first('type');
  if (!location) return `There is no location "${locationId}"`;
  if (location.type !== 'supplier')
    return `"${locationId}" is of type ${location.type}: only a location of type supplier ships for us`;
  const other = await trx('suppliers').where('location_id', locationId).whereNot('id', id).first('id');
  return other ? `"${locationId}" is the supplier "${other.id}" already: take it away there first` : null;
}
