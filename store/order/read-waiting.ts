import type { AskedPieces } from '../../domain/order/cancel-pieces';
import type { Database } from '../connect';
import type { OfBackorders } from '../stock/of-backorders';

/** Pieces of an order that wait for stock, by line; of all that wait, or those meant. */
export async function readWaiting(
  db: Database,
  orderId: string,
  { rounds, lineIds }: Omit<OfBackorders, 'orderId'> = {},
): Promise<AskedPieces[]> {
  const query = db('backorders')
    .where('order_id', orderId)
    .where('open', '>', 0)
    .groupBy('line_id')
    .orderBy('line_id')
    .select('line_id')
    .sum('open as pieces');
  if (rounds) void query.whereIn('round', rounds);
  if (lineIds) void query.whereIn('line_id', lineIds);
  const rows = await query;
  return rows.map((row) => ({ lineId: row.line_id as string, quantity: Number(row.pieces) }));
}
