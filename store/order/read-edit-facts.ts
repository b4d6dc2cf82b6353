import type { LinePlaces } from '../../domain/order/cancel-pieces';
import type { PlacedOrder } from '../../domain/order/types';
import { cancelledLinesSubject } from '../../domain/payment/cancelled-money';
import type { EditedPayment } from '../../domain/payment/edited-payment';
import type { Database } from '../connect';
import { readLinePlaces } from './read-line-places';

/** All that decides what an edit would do to an order. */
export interface EditFacts {
  order: PlacedOrder;
  version: number;
  status: string;
  places: LinePlaces[];
  payments: EditedPayment[];
  /** Minor units refunded, or about to be, for pieces that were given up or cancelled. */
  givenBack: number;
  /** Locations chose it before: its lines are somewhere, or wait. */
  isSourced: boolean;
  /** Work that may still be changed, and where it lies. */
  work: {
    fulfillmentId: string;
    locationId: string;
    mode: string;
    /** Null: the order's own address. */
    destination: string | null;
    pickupLocationId: string | null;
    /** Its location has not been shown it. */
    isSetAside: boolean;
    lines: { lineId: string; sku: string; quantity: number }[];
  }[];
}

/** Null when the order is not recorded. */
export async function readEditFacts(db: Database, orderId: string): Promise<EditFacts | null> {
  const answer = await db.raw<{ rows: Omit<EditFacts, 'places'>[] }>(sql, {
    orderId,
    excess: `${orderId}:excess`,
    lines: cancelledLinesSubject(orderId, ''),
  });
  const facts = answer.rows[0];
  return facts ? { ...facts, places: await readLinePlaces(db, orderId) } : null;
}

const pending = (kind: string): string => `
  (SELECT coalesce(sum(m.amount), 0) FROM payment_movements AS m
   WHERE m.payment_id = p.id AND m.kind = '${kind}' AND m.done_at IS NULL AND m.given_up_at IS NULL)`;

/** All of its hold is about to be let go: nothing can be counted on. */
const isLetGo = `
  EXISTS (SELECT 1 FROM payment_movements AS m WHERE m.payment_id = p.id AND m.kind = 'void' AND m.amount = 0
          AND m.done_at IS NULL AND m.given_up_at IS NULL)`;

const sql = `
  SELECT o.content AS "order", o.version, o.status,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'method', p.method, 'token', p.token,
       'instalments', p.instalments, 'status', CASE WHEN ${isLetGo} AND p.captured = 0 THEN 'voided' ELSE p.status END,
       'amount', p.amount,
       'authorized', CASE WHEN ${isLetGo} THEN p.captured ELSE p.authorized - ${pending('void')} END,
       'captured', p.captured, 'refunded', p.refunded, 'capturing', ${pending('capture')},
       'refunding', ${pending('refund')}, 'forEdit', p.for_edit) ORDER BY p.position), '[]')
     FROM payments AS p WHERE p.order_id = o.id) AS payments,
    (SELECT coalesce(sum(m.amount), 0)::bigint FROM payment_movements AS m
     WHERE m.order_id = o.id AND m.kind = 'refund' AND m.given_up_at IS NULL
       AND (m.subject = :excess OR starts_with(m.subject, :lines))) AS "givenBack",
    EXISTS (SELECT 1 FROM sourcing_decisions AS d WHERE d.order_id = o.id) AS "isSourced",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('fulfillmentId', f.id, 'locationId', f.location_id, 'mode', f.mode,
       'destination', f.destination, 'pickupLocationId', f.pickup_location_id,
       'isSetAside', f.released_at IS NULL,
       'lines', (SELECT jsonb_agg(jsonb_build_object('lineId', l.line_id, 'sku', l.sku, 'quantity', l.quantity)
                   ORDER BY l.line_id) FROM fulfillment_lines AS l WHERE l.fulfillment_id = f.id)) ORDER BY f.id), '[]')
     FROM fulfillments AS f WHERE f.order_id = o.id AND f.status IN ('allocated', 'picking', 'atStore')) AS work
  FROM orders AS o WHERE o.id = :orderId`;
