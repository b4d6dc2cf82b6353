import { orderTo } from '../../domain/order/destination';
import { orderToStore, type PickupStore } from '../../domain/order/to-store';
import type { Address, PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';
import { prepared } from '../prepared';
import { serviceOfF, storeOfF, type ChosenService } from '../read/fulfillment-view';
import { recordStep, type OrderStep } from '../story/record-step';

export interface BookingFacts {
  /** As it goes to the destination of the fulfillment, or to the store that it is sent to. */
  order: PlacedOrder;
  seller: string;
  location: { id: string; name: string; address: Address };
  status: string;
  /** The service that was chosen with the location; null where none was. */
  chosen: ChosenService | null;
  lines: { lineId: string; sku: string; title: string; quantity: number; gtin: string | null }[];
  packages: { id: string; sscc: string; weightGrams: number; trackingNumber: string | null }[];
}

/** What booking a carrier and the labels need to know of a packed fulfillment. */
export async function readBookingFacts(db: Database, fulfillmentId: string): Promise<BookingFacts> {
  const answer = await prepared<{ rows: Row[] }>(db, sql, [fulfillmentId]);
  const row = answer.rows[0];
  if (!row) throw new Error(`There is no fulfillment ${fulfillmentId}`);
  const { destination, store, ...facts } = row;
  const order = orderTo(facts.order, destination);
  return { ...facts, order: store === null ? order : orderToStore(order, store) };
}

type Row = BookingFacts & {
  destination: string | null;
  store: Pick<PickupStore, 'name' | 'address'> | null;
};

const sql = `
  SELECT o.content AS "order", coalesce(c.settings #>> '{brand,sellerName}', c.name) AS seller, f.status, f.destination,
    ${serviceOfF} AS chosen, ${storeOfF} AS store,
    jsonb_build_object('id', p.id, 'name', p.name, 'address', p.address) AS location,
    (SELECT jsonb_agg(jsonb_build_object('lineId', l.line_id, 'sku', l.sku, 'title', ol.title,
                                         'quantity', l.quantity, 'gtin', pr.gtin) ORDER BY ol.position)
     FROM fulfillment_lines AS l JOIN order_lines AS ol ON ol.id = l.line_id JOIN products AS pr ON pr.sku = l.sku
     WHERE l.fulfillment_id = f.id) AS lines,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'sscc', k.sscc, 'weightGrams', k.weight_grams,
                                                  'trackingNumber', k.tracking_number) ORDER BY k.position), '[]')
     FROM packages AS k WHERE k.fulfillment_id = f.id) AS packages
  FROM fulfillments AS f
  JOIN orders AS o ON o.id = f.order_id
  JOIN channels AS c ON c.code = o.channel
  JOIN locations AS p ON p.id = f.location_id
  WHERE f.id = ?`;

export interface BookedParcel {
  packageId: string;
  trackingNumber: string;
  trackingUrl: string;
  labelDocumentId: string;
}

/** Writes a booking: tracking numbers on the cartons, labels and packing slip as documents. Twice is once. */
export async function recordBooking(
  db: Database,
  input: { carrier: string; parcels: BookedParcel[]; step: OrderStep },
): Promise<void> {
  const { carrier, parcels, step } = input;
  await recordStep(db, step, [
    { sql: bookedParcels, bindings: { carrier, parcels: JSON.stringify(parcels) } },
  ]);
}

const bookedParcels = `
  booked_parcels AS (
    UPDATE packages AS k
    SET carrier = :carrier, tracking_number = b."trackingNumber", tracking_url = b."trackingUrl",
        label_document_id = b."labelDocumentId"
    FROM jsonb_to_recordset(:parcels)
      AS b ("packageId" text, "trackingNumber" text, "trackingUrl" text, "labelDocumentId" text)
    WHERE k.id = b."packageId" AND k.tracking_number IS NULL)`;
