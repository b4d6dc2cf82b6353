import type { OrderSignal } from '../../domain/commands';
import type { Database } from '../connect';
import { assignBackorders } from './assign-backorders';
import { lockSkusToGive } from './lock-skus';

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
  const signals: OrderSignal[] = [];
  for (const sku of skus) signals.push(...(await assignBackorders(trx, { sku, at })));
  return signals;
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
  ), total AS (
    SELECT sku, location_id, sum(quantity)::int AS quantity FROM freed GROUP BY 1, 2
  ), locked AS (
    SELECT s.sku, s.location_id FROM stock AS s
    WHERE (s.sku, s.location_id) IN (SELECT sku, location_id FROM total)
    ORDER BY s.sku, s.location_id FOR UPDATE
  ), given AS (
    UPDATE stock AS s SET allocated = s.allocated - t.quantity
    FROM total AS t JOIN locked AS l ON l.sku = t.sku AND l.location_id = t.location_id
    WHERE s.sku = t.sku AND s.location_id = t.location_id
  )
  INSERT INTO stock_ledger (key, sku, location_id, cause, allocated, order_id, actor, at)
  SELECT 'release:' || key || ':' || :intent, sku, location_id, :cause, -quantity, order_id, :actor, :at FROM freed`;
