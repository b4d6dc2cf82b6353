import type { Knex } from 'knex';
import type { Database } from '../connect';
import { prepared } from '../prepared';

export interface AllocationRequest {
  /** Names the intent: the same key never takes stock twice. */
  key: string;
  lineId: string;
  sku: string;
  locationId: string;
  quantity: number;
}

export interface AllocationInput {
  orderId: string;
  at: string;
  /** At least one. */
  allocations: AllocationRequest[];
}

export type AllocationResult = { outcome: 'allocated' } | { outcome: 'short'; taken: string[] };

/**
 * Takes stock for the lines of one order where enough is available, in one statement: counters, holds and
 * ledger together. Rows are locked in one order, so that allocations never wait in a circle. `short` means
 * that some were not taken: the caller is inside a transaction and rolls back. A key that was taken before
 * violates the primary key and throws.
 */
export async function allocateStock(trx: Database, input: AllocationInput): Promise<AllocationResult> {
  const answer = isOnePlace(input.allocations)
    ? await takeAtOne(trx, input)
    : await takeAtSeveral(trx, input);
  if (answer.rows.length === input.allocations.length) return { outcome: 'allocated' };
  return { outcome: 'short', taken: answer.rows.map((row) => row.key) };
}

interface Taken {
  rows: { key: string }[];
}

const isOnePlace = ([first, ...others]: AllocationRequest[]): boolean =>
  others.every(({ sku, locationId }) => sku === first!.sku && locationId === first!.locationId);

/** The row is named outright, which is what makes a contended row quick: every asker waits for the one before. */
function takeAtOne(trx: Database, { orderId, at, allocations }: AllocationInput): Knex.Raw<Taken> {
  const { sku, locationId } = allocations[0]!;
  const quantity = allocations.reduce((sum, wanted) => sum + wanted.quantity, 0);
  const wanted = JSON.stringify(
    allocations.map(({ key, lineId, quantity: of }) => ({ key, lineId, quantity: of })),
  );
  return prepared<Taken>(trx, onePlace, { orderId, at, sku, locationId, quantity, wanted });
}

const takeAtSeveral = (trx: Database, { orderId, at, allocations }: AllocationInput): Knex.Raw<Taken> =>
  trx.raw<Taken>(severalPlaces, { orderId, at, wanted: JSON.stringify(allocations) });

/** What follows from `held`, the holds just written. */
const toLedger = `
  ledger AS (
    INSERT INTO stock_ledger (key, sku, location_id, cause, allocated, order_id, at)
    SELECT 'allocate:' || key, sku, location_id, 'allocation', quantity, :orderId, :at FROM held
  )
  SELECT key FROM held`;

const onePlace = `
  WITH taken AS (
    UPDATE stock SET allocated = allocated + :quantity
    WHERE sku = :sku AND location_id = :locationId
      AND on_hand - unsellable - reserved - allocated - safety_stock >= :quantity
    RETURNING sku, location_id
  ), held AS (
    INSERT INTO allocations (key, order_id, line_id, sku, location_id, quantity, at)
    SELECT w.key, :orderId, w."lineId", t.sku, t.location_id, w.quantity, :at
    FROM taken AS t, jsonb_to_recordset(:wanted) AS w (key text, "lineId" text, quantity int)
    RETURNING key, sku, location_id, quantity
  ), ${toLedger}`;

const severalPlaces = `
  WITH wanted AS (
    SELECT * FROM jsonb_to_recordset(:wanted)
      AS w (key text, "lineId" text, sku text, "locationId" text, quantity int)
  ), demand AS (
    SELECT sku, "locationId" AS location_id, sum(quantity)::int AS quantity FROM wanted GROUP BY 1, 2
  ), locked AS (
    SELECT s.sku, s.location_id FROM stock AS s
    WHERE (s.sku, s.location_id) IN (SELECT sku, location_id FROM demand)
    ORDER BY s.sku, s.location_id FOR UPDATE
  ), taken AS (
    UPDATE stock AS s SET allocated = s.allocated + d.quantity
    FROM demand AS d JOIN locked AS l ON l.sku = d.sku AND l.location_id = d.location_id
    WHERE s.sku = d.sku AND s.location_id = d.location_id
      AND s.on_hand - s.unsellable - s.reserved - s.allocated - s.safety_stock >= d.quantity
    RETURNING s.sku, s.location_id
  ), held AS (
    INSERT INTO allocations (key, order_id, line_id, sku, location_id, quantity, at)
    SELECT w.key, :orderId, w."lineId", w.sku, w."locationId", w.quantity, :at
    FROM wanted AS w JOIN taken AS t ON t.sku = w.sku AND t.location_id = w."locationId"
    RETURNING key, sku, location_id, quantity
  ), ${toLedger}`;
