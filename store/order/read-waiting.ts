import type { AskedPieces } from '../../domain/order/cancel-pieces';
import type { Database } from '../connect';
import { waitingRows, type OfBackorders } from '../stock/of-backorders';

/** Pieces of an order that wait for stock, by line; of all that wait, or those meant. */
export async function readWaiting(
  db: Database,
  orderId: string,
  which: Omit<OfBackorders, 'orderId'> = {},
): Promise<AskedPieces[]> {
  const rows: { line_id: string; pieces: string }[] = await waitingRows(db, { ...which, orderId })
    .groupBy('line_id')
    .orderBy('line_id')
    .select('line_id')
    .sum('open as pieces');
  return rows.map(({ line_id: lineId, pieces }) => ({ lineId, quantity: Number(pieces) }));
}
