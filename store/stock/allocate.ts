import type { Knex } from 'knex';
import type { Database } from '../connect';
import { prepared } from '../prepared';
import { allocateOrders } from './allocate-orders';
import type { AllocationInput, AllocationRequest, AllocationResult } from './allocation';

/**
 * Takes stock for the lines of one order where enough is available, all or nothing, in one statement: counters,
 * holds and ledger together. For whoever is inside a transaction; a key that was taken before violates the
 * primary key and throws. Many orders at once: `allocateOrders`.
 */
export async function allocateStock(trx: Database, input: AllocationInput): Promise<AllocationResult> {
  if (!isOnePlace(input.allocations)) return (await allocateOrders(trx, [input]))[0]!;
  const answer = await takeAtOne(trx, input);
  return { outcome: answer.rows.length === input.allocations.length ? 'allocated' : 'short' };
}

const isOnePlace = ([first, ...others]: AllocationRequest[]): boolean =>
  others.every(({ sku, locationId }) => sku === first!.sku && locationId === first!.locationId);

/** The row is named outright, which is what makes a contended row quick: every asker waits for the one before. */
function takeAtOne(
  trx: Database,
  { orderId, at, allocations }: AllocationInput,
): Knex.Raw<{ rows: { key: string }[] }> {
  const { sku, locationId } = allocations[0]!;
  const quantity = allocations.reduce((sum, wanted) => sum + wanted.quantity, 0);
  const keepBack = Math.max(...allocations.map((wanted) => wanted.keepBack));
  const wanted = JSON.stringify(
    allocations.map(({ key, lineId, quantity: of }) => ({ key, lineId, quantity: of })),
  );
  return prepared(trx, sql, { orderId, at, sku, locationId, quantity, keepBack, wanted });
}

const sql = `
  WITH taken AS (
    UPDATE stock SET allocated = allocated + :quantity
    WHERE sku = :sku AND location_id = :locationId
      AND on_hand - unsellable - reserved - allocated - safety_stock - :keepBack >= :quantity
    RETURNING sku, location_id
  ), held AS (
    INSERT INTO allocations (key, order_id, line_id, sku, location_id, quantity, at)
    SELECT w.key, :orderId, w."lineId", t.sku, t.location_id, w.quantity, :at
    FROM taken AS t, jsonb_to_recordset(:wanted) AS w (key text, "lineId" text, quantity int)
    RETURNING key, sku, location_id, quantity
  ), ledger AS (
    INSERT INTO stock_ledger (key, sku, location_id, cause, allocated, order_id, at)
    SELECT 'allocate:' || key, sku, location_id, 'allocation', quantity, :orderId, :at FROM held
  )
  SELECT key FROM held`;
