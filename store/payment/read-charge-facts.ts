import type { Knex } from 'knex';
import type { PlacedOrder, TenderMethod } from '../../domain/order/types';

/** All that decides what a fulfillment is charged; amounts in minor units. */
export interface ChargeFacts {
  /** What it was charged before; null when nobody asked yet. */
  charged: number | null;
  order: PlacedOrder;
  lines: { lineId: string; gross: number; quantity: number; cancelled: number }[];
  /** Of all fulfillments of the order. */
  pieces: { fulfillmentId: string; charged: number | null; lineId: string; quantity: number }[];
  payments: {
    id: string;
    method: TenderMethod;
    authorized: number;
    captured: number;
    /** Planned to be captured, and not agreed to yet. */
    pending: number;
  }[];
}

/** Read under the lock of the order's money, after it was given: a statement sees what was before its begin. */
export async function readChargeFacts(trx: Knex.Transaction, fulfillmentId: string): Promise<ChargeFacts> {
  const answer = await trx.raw<{ rows: ChargeFacts[] }>(sql, [fulfillmentId]);
  const facts = answer.rows[0];
  if (!facts) throw new Error(`There is no fulfillment ${fulfillmentId}`);
  return facts;
}

const sql = `
  SELECT f.charged, o.content AS "order",
    (SELECT jsonb_agg(jsonb_build_object('lineId', l.id, 'gross', l.gross, 'quantity', l.quantity,
                                         'cancelled', l.cancelled) ORDER BY l.position)
     FROM order_lines AS l WHERE l.order_id = o.id) AS lines,
    (SELECT jsonb_agg(jsonb_build_object('fulfillmentId', w.id, 'charged', w.charged, 'lineId', l.line_id,
                                         'quantity', l.quantity))
     FROM fulfillments AS w JOIN fulfillment_lines AS l ON l.fulfillment_id = w.id
     WHERE w.order_id = o.id) AS pieces,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'method', p.method, 'authorized', p.authorized,
       'captured', p.captured, 'pending',
       (SELECT coalesce(sum(m.amount), 0) FROM payment_movements AS m
        WHERE m.order_id = o.id AND m.payment_id = p.id AND m.kind = 'capture' AND m.done_at IS NULL
          AND m.given_up_at IS NULL)) ORDER BY p.position), '[]')
     FROM payments AS p WHERE p.order_id = o.id AND p.for_edit IS NULL) AS payments
  FROM fulfillments AS f JOIN orders AS o ON o.id = f.order_id
  WHERE f.id = ?`;
