import type { Knex } from 'knex';
import type { FedPlace, FeedRow } from '../../domain/stock/feed';
import type { OpenChunk } from './open-chunk';

interface Counters {
  sku: string;
  on_hand: number;
  unsellable: number;
  reserved: number;
  allocated: number;
  moved_on_hand: number | null;
  moved_unsellable: number | null;
  is_counted: boolean | null;
}

/**
 * Locks the counters of some SKUs at the feed's location, and everywhere those of SKUs that lines wait for, in key
 * order; makes those of products that the location never had. By SKU; what is no product is left out.
 */
export async function lockFedPlaces(
  trx: Knex.Transaction,
  chunk: OpenChunk,
  rows: readonly FeedRow[],
  waiting: readonly string[],
): Promise<Map<string, FedPlace>> {
  if (rows.length === 0) return new Map();
  const skus = [...new Set(rows.map((row) => row.sku))].sort();
  const place = { locationId: chunk.locationId, skus };
  await trx.raw(make, place);
  await trx.raw(lock, { ...place, waiting: [...waiting] });
  const locked = await trx.raw<{ rows: Counters[] }>(read, {
    ...place,
    takenAt: chunk.takenAt,
    sinceId: chunk.sinceId,
  });
  return new Map(locked.rows.map((row) => [row.sku, placeOf(row)]));
}

const placeOf = (row: Counters): FedPlace => ({
  onHand: row.on_hand,
  unsellable: row.unsellable,
  reserved: row.reserved,
  allocated: row.allocated,
  since: {
    onHand: row.moved_on_hand ?? 0,
    unsellable: row.moved_unsellable ?? 0,
    isCounted: row.is_counted ?? false,
  },
});

const make = `
  INSERT INTO stock (sku, location_id)
  SELECT p.sku, :locationId FROM unnest(CAST(:skus AS text[])) AS w (sku) JOIN products AS p ON p.sku = w.sku
  WHERE NOT EXISTS (SELECT 1 FROM stock AS s WHERE s.sku = w.sku AND s.location_id = :locationId)
  ORDER BY p.sku
  ON CONFLICT (sku, location_id) DO NOTHING`;

const lock = `
  SELECT 1 FROM stock
  WHERE (sku = ANY (:skus) AND location_id = :locationId) OR sku = ANY (:waiting)
  ORDER BY sku, location_id FOR UPDATE`;

/** A feed is not news to the next one: that was taken later and knows of it. */
const read = `
  SELECT s.sku, s.on_hand, s.unsellable, s.reserved, s.allocated,
         moved.on_hand AS moved_on_hand, moved.unsellable AS moved_unsellable, moved.is_counted
  FROM stock AS s LEFT JOIN LATERAL (
    SELECT sum(l.on_hand)::int AS on_hand, sum(l.unsellable)::int AS unsellable, bool_or(l.cause = 'count') AS is_counted
    FROM stock_ledger AS l
    WHERE s.moved_at > :takenAt AND l.id > :sinceId AND l.sku = s.sku AND l.location_id = s.location_id AND l.at > :takenAt AND l.cause <> 'feed'
      AND (l.on_hand <> 0 OR l.unsellable <> 0 OR l.cause = 'count')
  ) AS moved ON true
  WHERE s.sku = ANY (:skus) AND s.location_id = :locationId`;
