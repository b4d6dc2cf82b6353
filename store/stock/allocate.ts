import type { Database } from '../connect';

export interface AllocationRequest {
  /** Names the intent: the same key never takes stock twice. */
  key: string;
  lineId: string;
  sku: string;
  locationId: string;
  quantity: number;
}

export type AllocationResult = { outcome: 'allocated' } | { outcome: 'short'; taken: string[] };

/**
 * Takes stock for the lines of one order where enough is available, in one statement: counters, holds and
 * ledger together. Rows are locked in one order, so that allocations never wait in a circle. `short` means
 * that some were not taken: the caller is inside a transaction and rolls back. A key that was taken before
 * violates the primary key and throws.
 */
export async function allocateStock(
  trx: Database,
  input: { orderId: string; at: string; allocations: AllocationRequest[] },
): Promise<AllocationResult> {
  const places = new Set(input.allocations.map((wanted) => `${wanted.sku}\u0000${wanted.locationId}`));
  const answer = await trx.raw<{ rows: { key: string }[] }>(places.size === 1 ? onePlace : severalPlaces, {
    orderId: input.orderId,
    at: input.at,
    wanted: JSON.stringify(input.allocations),
  });
  if (answer.rows.length === input.allocations.length) return { outcome: 'allocated' };
  return { outcome: 'short', taken: answer.rows.map((row) => row.key) };
}

const wanted = `
  wanted AS (
    SELECT * FROM jsonb_to_recordset(:wanted)
      AS w (key text, "lineId" text, sku text, "locationId" text, quantity int)
  ), demand AS (
    SELECT sku, "locationId" AS location_id, sum(quantity)::int AS quantity FROM wanted GROUP BY 1, 2
  )`;

const take = (from: string): string => `
  taken AS (
    UPDATE stock AS s SET allocated = s.allocated + d.quantity
    FROM demand AS d ${from}
    WHERE s.sku = d.sku AND s.location_id = d.location_id
      AND s.on_hand - s.unsellable - s.reserved - s.allocated - s.safety_stock >= d.quantity
    RETURNING s.sku, s.location_id
  ), held AS (
    INSERT INTO allocations (key, order_id, line_id, sku, location_id, quantity, at)
    SELECT w.key, :orderId, w."lineId", w.sku, w."locationId", w.quantity, :at
    FROM wanted AS w JOIN taken AS t ON t.sku = w.sku AND t.location_id = w."locationId"
    RETURNING key, sku, location_id, quantity
  ), ledger AS (
    INSERT INTO stock_ledger (key, sku, location_id, cause, allocated, order_id, at)
    SELECT 'allocate:' || key, sku, location_id, 'allocation', quantity, :orderId, :at FROM held
  )
  SELECT key FROM held`;

const onePlace = `WITH ${wanted}, ${take('')}`;

const severalPlaces = `
  WITH ${wanted}, locked AS (
    SELECT s.sku, s.location_id FROM stock AS s
    WHERE (s.sku, s.location_id) IN (SELECT sku, location_id FROM demand)
    ORDER BY s.sku, s.location_id FOR UPDATE
  ), ${take('JOIN locked AS l ON l.sku = d.sku AND l.location_id = d.location_id')}`;
