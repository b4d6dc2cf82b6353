import type { AskedPieces } from '../../domain/order/cancel-pieces';
import type { Database } from '../connect';

/** Pieces of an order that wait for stock, by line. */
export async function readWaiting(db: Database, orderId: string): Promise<AskedPieces[]> {
  const rows = await db('backorders')
    .where('order_id', orderId)
    .where('open', '>', 0)
    .groupBy('line_id')
    .orderBy('line_id')
    .select('line_id')
    .sum('open as pieces');
  return rows.map((row) => ({ lineId: row.line_id as string, quantity: Number(row.pieces) }));
}
