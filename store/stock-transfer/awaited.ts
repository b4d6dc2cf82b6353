import type { Database } from '../connect';
import type { OfBackorders } from '../stock/of-backorders';

/** Lines that wait for what a transfer brings: they are served first. */
export async function readAwaiting(trx: Database, transferId: string): Promise<number[]> {
  return trx('awaited_transfers')
    .where('transfer_id', transferId)
    .orderBy('backorder_id')
    .pluck('backorder_id');
}

/** A transfer that was asked for lines which wait. */
export interface AskedTransfer {
  id: string;
  fromLocationId: string;
  lines: { sku: string; quantity: number }[];
}

/** Notes for which lines transfers were asked: those of their SKUs. Answers the lines; twice is once. */
export async function noteAwaited(
  trx: Database,
  waiting: readonly { backorderId: number; sku: string }[],
  made: readonly AskedTransfer[],
): Promise<Set<number>> {
  const awaited = waiting.flatMap(({ backorderId, sku }) =>
    made
      .filter(({ lines }) => lines.some((line) => line.sku === sku))
      .map(({ id }) => ({ transfer_id: id, backorder_id: backorderId })),
  );
  if (awaited.length > 0)
    await trx('awaited_transfers').insert(awaited).onConflict(['transfer_id', 'backorder_id']).ignore();
  return new Set(awaited.map(({ backorder_id: backorderId }) => backorderId));
}

/** What the story of an order says of them. */
export const askedData = (toLocationId: string, made: readonly AskedTransfer[]) => ({
  toLocationId,
  from: made.map(({ fromLocationId }) => fromLocationId),
  transfers: made.map(({ id }) => id),
  lines: made.flatMap(({ lines }) => lines),
});

/**
 * Transfers that were asked for an order alone and have not left: they are cancelled, and the keys of their holds are
 * answered for whoever gives them back. What has left is received like every transfer. Locked before every stock.
 */
export async function cancelAwaited(
  trx: Database,
  { orderId, rounds, lineIds, at }: OfBackorders & { at: string },
): Promise<string[]> {
  const answer = await trx.raw<{ rows: { id: string }[] }>(
    `SELECT t.id FROM stock_transfers AS t
     WHERE t.status = 'requested' AND t.id IN (
       SELECT a.transfer_id FROM awaited_transfers AS a JOIN backorders AS b ON b.id = a.backorder_id
       WHERE b.order_id = :orderId AND (CAST(:rounds AS int[]) IS NULL OR b.round = ANY (:rounds))
         AND (CAST(:lineIds AS text[]) IS NULL OR b.line_id = ANY (:lineIds)))
     ORDER BY t.id FOR NO KEY UPDATE OF t`,
    { orderId, rounds: rounds ? [...rounds] : null, lineIds: lineIds ? [...lineIds] : null },
  );
  const ids = answer.rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  await trx('stock_transfers')
    .whereIn('id', ids)
    .update({ status: 'cancelled', closed_at: at, closed_by: 'system', close_reason: 'nobody waits for it' });
  return trx('allocations').whereIn('transfer_id', ids).where('state', 'held').orderBy('key').pluck('key');
}

/** Lines that await a transfer which its location refused are not supplied from there, whatever comes there later. */
export async function neverFrom(
  trx: Database,
  { id, fromLocationId }: { id: string; fromLocationId: string },
): Promise<void> {
  await trx.raw(
    `UPDATE backorders AS b SET excluded = array_append(b.excluded, :fromLocationId)
     WHERE b.id IN (SELECT backorder_id FROM awaited_transfers WHERE transfer_id = :id)
       AND NOT CAST(:fromLocationId AS text) = ANY (b.excluded)`,
    { id, fromLocationId },
  );
}
