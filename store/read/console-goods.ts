import { piecesByState } from '../../domain/order/line-states';
import type { FulfillmentState } from '../../domain/order/states';
import type { Database } from '../connect';

export type PiecesByState = Partial<Record<FulfillmentState, number>>;

/** Where the pieces of some orders are, all lines of an order together. */
export async function readGoods(db: Database, orderIds: string[]): Promise<Record<string, PiecesByState>> {
  if (orderIds.length === 0) return {};
  const answer = await db.raw<{ rows: GoodsRow[] }>(sql, [orderIds]);
  return Object.fromEntries(
    answer.rows.map(({ id, status, ...row }) => [
      id,
      piecesByState({ ...row, isOrderCancelled: status === 'cancelled' }),
    ]),
  );
}

interface GoodsRow {
  id: string;
  status: string;
  quantity: number;
  cancelled: number;
  backordered: number;
  returned: number;
  parts: { status: string; quantity: number }[];
}

const sql = `
  SELECT o.id, o.status, l.quantity, l.cancelled, l.backordered,
    (SELECT coalesce(sum(rl.restocked + rl.unsellable), 0)::int
     FROM returns AS r JOIN return_lines AS rl ON rl.return_id = r.id WHERE r.order_id = o.id) AS returned,
    (SELECT coalesce(json_agg(p), '[]') FROM (
       SELECT f.status, sum(fl.quantity)::int AS quantity
       FROM fulfillments AS f JOIN fulfillment_lines AS fl ON fl.fulfillment_id = f.id
       WHERE f.order_id = o.id GROUP BY f.status) AS p) AS parts
  FROM orders AS o
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(quantity), 0)::int AS quantity, coalesce(sum(cancelled), 0)::int AS cancelled,
           coalesce(sum((SELECT sum(b.open) FROM backorders AS b WHERE b.line_id = ol.id)), 0)::int AS backordered
    FROM order_lines AS ol WHERE ol.order_id = o.id) AS l
  WHERE o.id = ANY (?)`;
