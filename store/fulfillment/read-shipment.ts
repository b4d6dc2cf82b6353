import type { PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';
import { prepared } from '../prepared';

export interface ShipmentFacts {
  order: PlacedOrder;
  mode: 'ship' | 'pickup';
  lines: { lineId: string; quantity: number }[];
  parcels: { carrier: string; trackingNumber: string; trackingUrl: string }[];
}

/** What a customer is told of a fulfillment that left. */
export async function readShipment(db: Database, fulfillmentId: string): Promise<ShipmentFacts> {
  const answer = await prepared<{ rows: ShipmentFacts[] }>(db, sql, [fulfillmentId]);
  const row = answer.rows[0];
  if (!row) throw new Error(`There is no fulfillment ${fulfillmentId}`);
  return row;
}

const sql = `
  SELECT o.content AS "order", f.mode,
    (SELECT jsonb_agg(jsonb_build_object('lineId', l.line_id, 'quantity', l.quantity) ORDER BY l.line_id)
     FROM fulfillment_lines AS l WHERE l.fulfillment_id = f.id) AS lines,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('carrier', k.carrier, 'trackingNumber', k.tracking_number,
                                                  'trackingUrl', k.tracking_url) ORDER BY k.position), '[]')
     FROM packages AS k WHERE k.fulfillment_id = f.id AND k.tracking_number IS NOT NULL) AS parcels
  FROM fulfillments AS f JOIN orders AS o ON o.id = f.order_id
  WHERE f.id = ?`;
