import type { Database } from '../connect';

export interface WorkCount {
  locationId: string;
  status: string;
  count: number;
  /** Of these, how many should have been done by now. */
  late: number;
}

/** How much work lies at the locations, by state of the fulfillments, and as `returns`; what is over is left out. */
export async function countWork(db: Database, { locationId }: { locationId?: string }): Promise<WorkCount[]> {
  const answer = await db.raw<{ rows: WorkCount[] }>(sql, { locationId: locationId ?? null });
  return answer.rows;
}

const sql = `
  SELECT location_id AS "locationId", status, count(*)::int AS count,
         count(*) FILTER (WHERE act_before < now() AND status IN ('allocated', 'picking'))::int AS late
  FROM fulfillments
  WHERE released_at IS NOT NULL AND status IN ('allocated', 'picking', 'packed', 'readyForPickup')
    AND (CAST(:locationId AS text) IS NULL OR location_id = :locationId)
  GROUP BY location_id, status
  UNION ALL
  SELECT location_id, 'returns', count(*)::int, 0
  FROM returns
  WHERE status IN ('requested', 'received') AND mode <> 'keep' AND location_id IS NOT NULL
    AND (CAST(:locationId AS text) IS NULL OR location_id = :locationId)
  GROUP BY location_id`;

/** What a piece weighs in grams, by SKU, where that is known. */
export async function readWeights(db: Database, skus: string[]): Promise<Record<string, number>> {
  const rows = await db('products')
    .whereIn('sku', skus)
    .whereNotNull('weight_grams')
    .select<{ sku: string; weight_grams: number }[]>('sku', 'weight_grams');
  return Object.fromEntries(rows.map((row) => [row.sku, row.weight_grams]));
}
