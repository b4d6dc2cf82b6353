import type { Database } from '../connect';
import { prepared } from '../prepared';

/** Held stock leaves the house: off onHand and allocated alike, once. Frees nothing for others. `cause` is told. */
export async function shipAllocations(
  trx: Database,
  {
    cause = 'shipment',
    ...input
  }: { keys: string[]; cause?: string; at: string; actor: string; reference: string },
): Promise<void> {
  await prepared(trx, sql, { cause, ...input });
}

const sql = `
  WITH gone AS (
    UPDATE allocations SET state = 'shipped'
    WHERE key = ANY (:keys) AND state = 'held'
    RETURNING key, sku, location_id, quantity, order_id
  ), total AS (
    SELECT sku, location_id, sum(quantity)::int AS quantity FROM gone GROUP BY 1, 2
  ), locked AS (
    SELECT s.sku, s.location_id FROM stock AS s
    WHERE (s.sku, s.location_id) IN (SELECT sku, location_id FROM total)
    ORDER BY s.sku, s.location_id FOR UPDATE
  ), taken AS (
    UPDATE stock AS s SET on_hand = s.on_hand - t.quantity, allocated = s.allocated - t.quantity
    FROM total AS t JOIN locked AS l ON l.sku = t.sku AND l.location_id = t.location_id
    WHERE s.sku = t.sku AND s.location_id = t.location_id
    RETURNING s.sku, s.location_id, s.version
  )
  INSERT INTO stock_ledger
    (key, sku, location_id, cause, on_hand, allocated, version, order_id, actor, reference, at)
  SELECT 'ship:' || key, sku, location_id, :cause, -quantity, -quantity, version, order_id, :actor, :reference,
         :at
  FROM gone JOIN taken USING (sku, location_id)`;
