import type { Database } from '../connect';
import { prepared } from '../prepared';
import type { AllocationInput, AllocationResult } from './allocation';
import { fillInTurn, planFilling, takeStock, wantsColumns } from './fill';

/**
 * Takes stock for many orders in one statement, in their order: each gets all of its lines or none, and one that
 * is `short` takes nothing from those after it. An order whose holds are there already is `allocated`. In one
 * batch an order's keys must not come twice.
 */
export async function allocateOrders(
  db: Database,
  orders: readonly AllocationInput[],
): Promise<AllocationResult[]> {
  const { places, wants } = planFilling(orders.map(({ allocations }) => allocations));
  const answer = await prepared<{ rows: { n: number }[] }>(db, sql, {
    places: JSON.stringify(places),
    orders: JSON.stringify(
      orders.map(({ orderId, at }, index) => ({ n: index + 1, orderId, at, ...wants[index]! })),
    ),
    lines: JSON.stringify(
      orders.flatMap(({ allocations }, index) =>
        allocations.map(({ keepBack, ...line }) => ({ n: index + 1, ...line })),
      ),
    ),
  });
  const held = new Set(answer.rows.map(({ n }) => n));
  return orders.map((_, index) => ({ outcome: held.has(index + 1) ? 'allocated' : 'short' }));
}

const sql = `
  WITH RECURSIVE line AS (
    SELECT * FROM jsonb_to_recordset(:lines)
      AS l (n int, key text, "lineId" text, sku text, "locationId" text, quantity int)
  ), known AS (
    SELECT DISTINCT l.n FROM line AS l JOIN allocations AS a ON a.key = l.key
  ), asked AS (
    SELECT o.*, EXISTS (SELECT 1 FROM known WHERE known.n = o.n) AS "isKnown"
    FROM jsonb_to_recordset(:orders) AS o (${wantsColumns}, "orderId" text, at timestamptz)
  ), ${fillInTurn}, taker AS (
    SELECT a.n, a."orderId" AS order_id, a.at FROM fitting AS f JOIN asked AS a ON a.n = f.n
  ), ${takeStock}
  SELECT n FROM taker UNION ALL SELECT n FROM known`;
