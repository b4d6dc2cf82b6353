import type { FieldProblem } from '../../domain/commands';
import type { ReorderMode } from '../../domain/stock/reorder';
import type { ServiceLevel } from '../../domain/stock/reorder-levels';
import type { Database } from '../connect';
import { lockPlaces, makePlaces } from '../stock/lock-places';
import { lockSkus } from '../stock/lock-skus';
import type { Precondition } from '../precondition';
import { inTransaction } from '../transaction';
import { computeLevels } from './compute-levels';
import { reorderPointOf, type ReorderPoint, type ReorderPointRow } from './reorder-point-row';
import { findSupplierOf } from './supplier-of';

export interface SaveReorderPointInput {
  sku: string;
  locationId: string;
  mode: ReorderMode;
  /** Left out when computed. */
  levels: { point: number; target: number } | null;
  supplierId: string | null;
  owner: string;
  serviceLevel: ServiceLevel;
  coverDays: number;
  at: string;
}

export type SaveReorderPointResult =
  { outcome: 'saved'; point: ReorderPoint } | { outcome: 'invalid'; problems: FieldProblem[] };

/** Sets when a SKU is reordered at a location, by hand or computed from its sales. It is looked at at once. */
export async function saveReorderPoint(
  db: Database,
  input: SaveReorderPointInput,
  mayChange?: Precondition<ReorderPoint>,
): Promise<SaveReorderPointResult> {
  return inTransaction(db, async (trx) => {
    const { sku, locationId } = input;
    await lockSkus(trx, [sku]);
    const before: ReorderPointRow | undefined = await trx('reorder_points')
      .where({ sku, location_id: locationId })
      .first();
    mayChange?.(before ? reorderPointOf(before) : null);
    const problem = await findProblem(trx, input);
    if (problem) return { outcome: 'invalid', problems: [problem] };
    const levels = input.levels ?? (await computeLevels(trx, input));
    await makePlaces(trx, sku, [locationId]);
    const row = {
      ...{ sku, location_id: locationId, mode: input.mode, point: levels.point, target: levels.target },
      ...{ supplier_id: input.supplierId, owner: input.owner, is_computed: input.levels === null },
      ...{ service_level: input.serviceLevel, cover_days: input.coverDays },
      basis: 'basis' in levels ? JSON.stringify(levels.basis) : null,
      computed_at: input.levels === null ? input.at : null,
    };
    const saved: ReorderPointRow[] = await trx('reorder_points')
      .insert(row)
      .onConflict(['sku', 'location_id'])
      .merge()
      .returning('*');
    await trx('stock')
      .where({ sku, location_id: locationId })
      .update({ reorder_point: input.mode === 'off' ? null : levels.point });
    return { outcome: 'saved', point: reorderPointOf(saved[0]!) };
  });
}

async function findProblem(trx: Database, input: SaveReorderPointInput): Promise<FieldProblem | null> {
  const { sku, locationId, supplierId } = input;
  const places = await lockPlaces(trx, sku, [locationId]);
  if (places.outcome === 'unknown')
    return {
      pointer: places.detail.startsWith('No product') ? '/sku' : '/locationId',
      detail: places.detail,
    };
  if (supplierId !== null && !(await trx('suppliers').where('id', supplierId).first('id')))
    return { pointer: '/supplierId', detail: `There is no supplier "${supplierId}"` };
  if (input.levels === null && !(await findSupplierOf(trx, { sku, supplierId })))
    return { pointer: '/computed', detail: 'No supplier sells it: its lead time is not known' };
  return null;
}
