import { orderTo } from '../../domain/order/destination';
import type { FulfillmentMode } from '../../domain/shipping/fulfillment-actions';
import type { PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';
import { prepared } from '../prepared';

export interface ShipmentFacts {
  /** As it goes to the destination of the fulfillment. */
  order: PlacedOrder;
  mode: FulfillmentMode;
  lines: { lineId: string; quantity: number }[];
  /** `isBooked`: by us, and not by who ships it. */
  parcels: { carrier: string; trackingNumber: string; trackingUrl: string | null; isBooked: boolean }[];
  /** Some of it is to be paid at the door, and has not been. */
  isOwedAtDoor: boolean;
}

/** What a customer is told of a fulfillment that left, and whether they still owe for it. */
export async function readShipment(db: Database, fulfillmentId: string): Promise<ShipmentFacts> {
  const answer = await prepared<{ rows: (ShipmentFacts & { destination: string | null })[] }>(db, sql, [
    fulfillmentId,
  ]);
  const row = answer.rows[0];
  if (!row) throw new Error(`There is no fulfillment ${fulfillmentId}`);
  const { destination, ...facts } = row;
  return { ...facts, order: orderTo(facts.order, destination) };
}

const sql = `
  SELECT o.content AS "order", f.mode, f.destination,
    (SELECT jsonb_agg(jsonb_build_object('lineId', l.line_id, 'quantity', l.quantity) ORDER BY l.line_id)
     FROM fulfillment_lines AS l WHERE l.fulfillment_id = f.id) AS lines,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('carrier', k.carrier, 'trackingNumber', k.tracking_number,
                                                  'trackingUrl', k.tracking_url,
                                                  'isBooked', k.label_document_id IS NOT NULL) ORDER BY k.position), '[]')
     FROM packages AS k WHERE k.fulfillment_id = f.id AND k.tracking_number IS NOT NULL) AS parcels,
    EXISTS (SELECT 1 FROM payment_movements AS m JOIN payments AS p ON p.id = m.payment_id
            WHERE m.order_id = o.id AND m.subject = f.id AND m.done_at IS NULL AND m.given_up_at IS NULL
              AND p.method = 'cashOnDelivery') AS "isOwedAtDoor"
  FROM fulfillments AS f JOIN orders AS o ON o.id = f.order_id
  WHERE f.id = ?`;
