import type { Database } from '../connect';
import { prepared } from '../prepared';
import { lowerCounters } from './lower-counters';

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
  ), ${lowerCounters('gone', ['on_hand', 'allocated'])}
  INSERT INTO stock_ledger
    (key, sku, location_id, cause, on_hand, allocated, version, order_id, actor, reference, at)
  SELECT 'ship:' || key, sku, location_id, :cause, -quantity, -quantity, version, order_id, :actor, :reference,
         :at
  FROM gone JOIN lowered USING (sku, location_id)`;
