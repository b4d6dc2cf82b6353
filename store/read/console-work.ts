import type { Database } from '../connect';

export interface WorkCount {
  locationId: string;
  status: string;
  count: number;
  /** Of these, how many should have been done by now. */
  late: number;
}

/** How much work lies at the locations, by state; what is over is not counted. */
export async function countWork(db: Database, { locationId }: { locationId?: string }): Promise<WorkCount[]> {
  const query = db('fulfillments as f')
    .whereNotNull('f.released_at')
    .whereIn('f.status', ['allocated', 'picking', 'packed', 'readyForPickup'])
    .groupBy('f.location_id', 'f.status')
    .select<WorkCount[]>(
      'f.location_id as locationId',
      'f.status',
      db.raw('count(*)::int AS count'),
      db.raw('count(*) FILTER (WHERE f.act_before < now())::int AS late'),
    );
  if (locationId !== undefined) void query.where('f.location_id', locationId);
  return query;
}

/** What a piece weighs in grams, by SKU, where that is known. */
export async function readWeights(db: Database, skus: string[]): Promise<Record<string, number>> {
  const rows = await db('products')
    .whereIn('sku', skus)
    .whereNotNull('weight_grams')
    .select<{ sku: string; weight_grams: number }[]>('sku', 'weight_grams');
  return Object.fromEntries(rows.map((row) => [row.sku, row.weight_grams]));
}
