import type { OrderSignal } from '../../domain/commands';
import type { Database } from '../connect';
import { assignBackorders } from './assign-backorders';
import { lockSkusToGive } from './lock-skus';
import { lowerCounters } from './lower-counters';

/**
 * Gives held stock back, once: what is already shipped or released stays as it is. What comes free goes to
 * the lines that wait for it; their orders are told by the signals returned (also in the outbox). `beforeGiving` may
 * change what there is to give.
 */
export async function releaseAllocations(
  trx: Database,
  input: { keys: string[]; cause: string; actor: string; at: string; beforeGiving?: () => Promise<void> },
): Promise<OrderSignal[]> {
  const held = await trx('allocations').whereIn('key', input.keys).where('state', 'held').distinct('sku');
  const skus = held.map((row: { sku: string }) => row.sku);
  if (skus.length === 0) return [];
  await lockSkusToGive(trx, skus);
  const { keys, cause, actor, at, beforeGiving } = input;
  await trx.raw(sql, { keys, cause, actor, at });
  await beforeGiving?.();
  return assignBackorders(trx, { skus: [...skus].sort(), at });
}

const sql = `
  WITH freed AS (
    UPDATE allocations SET state = 'released'
    WHERE key = ANY (:keys) AND state = 'held'
    RETURNING key, sku, location_id, quantity, order_id
  ), ${lowerCounters('freed', ['allocated'])}
  INSERT INTO stock_ledger (key, sku, location_id, cause, allocated, order_id, actor, at)
  SELECT 'release:' || key, sku, location_id, :cause, -quantity, order_id, :actor, :at FROM freed`;
