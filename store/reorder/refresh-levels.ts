import type { Database } from '../connect';
import { lockSkus } from '../stock/lock-skus';
import { inTransaction } from '../transaction';
import { computeLevels } from './compute-levels';
import type { ReorderPointRow } from './reorder-point-row';

/** Sales move slowly: levels are computed anew once a day. */
const keptHours = 24;

/** Computes levels anew that are older than a day, a few at a time; how many were. */
export async function refreshLevels(
  db: Database,
  { at, limit }: { at: string; limit: number },
): Promise<number> {
  const old: ReorderPointRow[] = await db('reorder_points')
    .where('is_computed', true)
    .whereNot('mode', 'off')
    .whereRaw('computed_at < CAST(? AS timestamptz) - make_interval(hours => ?)', [at, keptHours])
    .orderBy('computed_at')
    .limit(limit);
  for (const row of old) await refresh(db, row, at);
  return old.length;
}

async function refresh(
  db: Database,
  { sku, location_id }: Pick<ReorderPointRow, 'sku' | 'location_id'>,
  at: string,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await lockSkus(trx, [sku]);
    // Somebody may have set it by hand, switched it off or changed its terms meanwhile.
    const row: ReorderPointRow | undefined = await trx('reorder_points')
      .where({ sku, location_id, is_computed: true })
      .whereNot('mode', 'off')
      .first();
    if (!row) return;
    const supplierId = row.supplier_id;
    const { point, target, basis } = await computeLevels(trx, {
      ...{ sku, locationId: location_id, supplierId, at },
      ...{ serviceLevel: row.service_level, coverDays: row.cover_days },
    });
    await trx('reorder_points')
      .where({ sku, location_id })
      .update({ point, target, basis: JSON.stringify(basis), computed_at: at });
    await trx('stock').where({ sku, location_id }).update({ reorder_point: point });
  });
}
