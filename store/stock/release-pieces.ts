import type { OrderSignal } from '../../domain/commands';
import type { Database } from '../connect';
import { assignBackorders } from './assign-backorders';
import { lockSkusToGive } from './lock-skus';
import { lowerCounters } from './lower-counters';

/**
 * Gives some pieces of held stock back; a hold of which nothing is left is released. What comes free goes to the
 * lines that wait for it. The caller has made sure that `intent` was not carried out before, and that no more is
 * given back than is held.
 */
export async function releasePieces(
  trx: Database,
  input: {
    intent: string;
    pieces: readonly { key: string; quantity: number }[];
    cause: string;
    actor: string;
    at: string;
  },
): Promise<OrderSignal[]> {
  const { intent, pieces, cause, actor, at } = input;
  if (pieces.length === 0) return [];
  const keys = pieces.map(({ key }) => key);
  const skus: string[] = await trx('allocations')
    .whereIn('key', keys)
    .distinct('sku')
    .orderBy('sku')
    .pluck('sku');
  await lockSkusToGive(trx, skus);
  await trx.raw(sql, { intent, pieces: JSON.stringify(pieces), cause, actor, at });
  return assignBackorders(trx, { skus, at });
}

const sql = `
  WITH asked AS (
    SELECT key, quantity FROM jsonb_to_recordset(:pieces) AS a (key text, quantity integer)
  ), freed AS (
    UPDATE allocations AS a SET
      state = CASE WHEN a.quantity = k.quantity THEN 'released' ELSE 'held' END,
      quantity = CASE WHEN a.quantity = k.quantity THEN a.quantity ELSE a.quantity - k.quantity END
    FROM asked AS k
    WHERE a.key = k.key AND a.state = 'held' AND a.quantity >= k.quantity
    RETURNING a.key, a.sku, a.location_id, a.order_id, k.quantity
  ), ${lowerCounters('freed', ['allocated'])}
  INSERT INTO stock_ledger (key, sku, location_id, cause, allocated, order_id, actor, at)
  SELECT 'release:' || key || ':' || :intent, sku, location_id, :cause, -quantity, order_id, :actor, :at FROM freed`;
