import type { Knex } from 'knex';
import type { OrderSignal } from '../../domain/commands';
import { releasePieces } from '../stock/release-pieces';
import { recordStep } from '../story/record-step';
import { readNotNeeded } from './read-meant';
import { readSentWaits } from './sent-wait';

/** Every transfer that was asked for an order and is not over, and `also` one that is; before every lock of stock. */
export async function lockAwaited(
  trx: Knex.Transaction,
  orderId: string,
  also: string | null = null,
): Promise<void> {
  await trx.raw(
    `SELECT 1 FROM stock_transfers AS t
     WHERE (t.status IN ('requested', 'shipped') OR t.id = :also) AND t.id IN (
       SELECT a.transfer_id FROM awaited_transfers AS a JOIN backorders AS b ON b.id = a.backorder_id
       WHERE b.order_id = :orderId)
     ORDER BY t.id FOR NO KEY UPDATE OF t`,
    { orderId, also },
  );
}

/**
 * Lines of an order wait for less than they did: what was asked for them, has not left and is not needed is not sent; its
 * pieces go to whoever waits for them. What has left becomes ordinary stock where it arrives. The caller holds the locks
 * of the order's transfers (`lockAwaited`) and of its SKUs, and sees to it that `intent` is carried out once.
 */
export async function callOffNotNeeded(
  trx: Knex.Transaction,
  { orderId, intent, at }: { orderId: string; intent: string; at: string },
): Promise<OrderSignal[]> {
  const excess = await readNotNeeded(trx, orderId);
  if (excess.length === 0) return [];
  const emptied = await reduceLines(trx, excess);
  await trx('stock_transfers')
    .whereIn('id', emptied)
    .update({ status: 'cancelled', closed_at: at, closed_by: 'system', close_reason: 'nobody waits for it' });
  const lines = excess.map(({ sku, quantity }) => ({ sku, quantity }));
  await recordStep(trx, {
    orderId,
    at,
    waits: await readSentWaits(trx, orderId),
    events: [
      {
        key: `transfersReduced:${intent}`,
        type: 'transfersReduced',
        actor: 'system',
        data: { transfers: [...new Set(excess.map(({ transferId }) => transferId))], lines },
      },
    ],
  });
  return releasePieces(trx, {
    ...{ intent, cause: 'transferCancelled', actor: 'system', at },
    pieces: excess.map(({ transferId, sku, quantity }) => ({ key: `${transferId}:${sku}`, quantity })),
  });
}

/** A transfer of which nothing is left keeps its lines, to show what it was; answers which these are. */
async function reduceLines(
  trx: Knex.Transaction,
  excess: readonly { transferId: string; sku: string; quantity: number }[],
): Promise<string[]> {
  const answer = await trx.raw<{ rows: { id: string }[] }>(
    `WITH excess AS (
       SELECT * FROM jsonb_to_recordset(:excess) AS e ("transferId" text, sku text, quantity int)
     ), line AS (
       SELECT l.transfer_id, l.sku, l.quantity - coalesce(e.quantity, 0) AS remaining
       FROM stock_transfer_lines AS l
       LEFT JOIN excess AS e ON e."transferId" = l.transfer_id AND e.sku = l.sku
       WHERE l.transfer_id IN (SELECT "transferId" FROM excess)
     ), emptied AS (
       SELECT transfer_id FROM line GROUP BY transfer_id HAVING sum(remaining) = 0
     ), gone AS (
       DELETE FROM stock_transfer_lines AS l USING line
       WHERE l.transfer_id = line.transfer_id AND l.sku = line.sku AND line.remaining = 0
         AND l.transfer_id NOT IN (SELECT transfer_id FROM emptied)
     ), reduced AS (
       UPDATE stock_transfer_lines AS l SET quantity = line.remaining FROM line
       WHERE l.transfer_id = line.transfer_id AND l.sku = line.sku AND line.remaining BETWEEN 1 AND l.quantity - 1
     )
     SELECT transfer_id AS id FROM emptied`,
    { excess: JSON.stringify(excess) },
  );
  return answer.rows.map(({ id }) => id);
}
