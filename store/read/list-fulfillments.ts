import { destinationOf, orderTo } from '../../domain/order/destination';
import { orderToStore, type PickupStore } from '../../domain/order/to-store';
import type { PlacedOrder } from '../../domain/order/types';
import { allowedFulfillmentActions } from '../../domain/shipping/fulfillment-actions';
import type { FulfillmentState } from '../../domain/order/states';
import type { Database } from '../connect';
import { instant, instantOrNull } from '../instant';
import { pageOf, type Page } from '../page';
import {
  documentSummaryOf,
  packageOf,
  packagesOfF,
  serviceOfF,
  storeOfF,
  type FulfillmentView,
} from './fulfillment-view';

export interface ListFulfillmentsInput {
  locationId?: string;
  /** Sent there to be collected. */
  pickupLocationId?: string;
  status?: string;
  after?: FulfillmentPosition;
  limit: number;
}
export interface FulfillmentPosition {
  releasedAt: string;
  id: string;
}

/** Work that locations may see (released to them), oldest first, a page at a time. */
export async function listFulfillments(
  db: Database,
  input: ListFulfillmentsInput,
): Promise<Page<FulfillmentView, FulfillmentPosition>> {
  const conditions = ['f.released_at IS NOT NULL'];
  if (input.locationId !== undefined) conditions.push('f.location_id = :locationId');
  if (input.pickupLocationId !== undefined) conditions.push('f.pickup_location_id = :pickupLocationId');
  if (input.status !== undefined) conditions.push('f.status = :status');
  if (input.after) conditions.push(`(f.released_at, f.id) > (:releasedAt, :id)`);
  const answer = await db.raw<{ rows: FulfillmentRow[] }>(
    `${select} WHERE ${conditions.join(' AND ')}
     ORDER BY f.released_at, f.id LIMIT :limit`,
    {
      locationId: input.locationId ?? null,
      pickupLocationId: input.pickupLocationId ?? null,
      status: input.status ?? null,
      releasedAt: input.after?.releasedAt ?? null,
      id: input.after?.id ?? null,
      limit: input.limit + 1,
    },
  );
  return pageOf(answer.rows.map(viewOf), input.limit, ({ releasedAt, id }) => ({
    releasedAt: releasedAt!,
    id,
  }));
}

/** One fulfillment, released or not. */
export async function findFulfillment(db: Database, id: string): Promise<FulfillmentView | null> {
  const answer = await db.raw<{ rows: FulfillmentRow[] }>(`${select} WHERE f.id = ?`, [id]);
  return answer.rows[0] ? viewOf(answer.rows[0]) : null;
}

interface FulfillmentRow {
  id: string;
  order_id: string;
  number: string;
  channel: string;
  customer_name: string;
  location_id: string;
  mode: FulfillmentView['mode'];
  status: FulfillmentState;
  placed_at: Date;
  order_status: string;
  released_at: Date | null;
  act_before: Date | null;
  reject_reason: string | null;
  packed_at: Date | null;
  shipped_at: Date | null;
  arrived_at: Date | null;
  pickup_location_id: string | null;
  store: Pick<PickupStore, 'name' | 'address'> | null;
  delivered_at: Date | null;
  destination: string | null;
  addressed: Pick<PlacedOrder, 'shippingAddress' | 'delivery' | 'shipping' | 'destinations'>;
  service: FulfillmentView['service'];
  isDropship: boolean;
  lines: FulfillmentView['lines'];
  packages: FulfillmentView['packages'];
  documents: FulfillmentView['documents'];
}

const select = `
  SELECT f.id, f.order_id, f.location_id, f.pickup_location_id, ${storeOfF} AS store, f.arrived_at, f.mode, f.status, f.released_at, f.act_before, f.reject_reason,
         f.packed_at, f.shipped_at, f.delivered_at, o.status AS order_status, o.number, o.channel, o.placed_at,
         o.content #>> '{customer,name}' AS customer_name,
         f.destination, jsonb_build_object('shippingAddress', o.content -> 'shippingAddress',
           'delivery', o.content -> 'delivery', 'shipping', o.content -> 'shipping',
           'destinations', o.content -> 'destinations') AS addressed, ${serviceOfF} AS service,
         EXISTS (SELECT 1 FROM locations AS p WHERE p.id = f.location_id AND p.type = 'supplier') AS "isDropship",
         (SELECT coalesce(json_agg(json_build_object(
                   'lineId', l.line_id, 'sku', l.sku, 'title', ol.title, 'quantity', l.quantity, 'gtin', pr.gtin)
                   ORDER BY ol.position), '[]')
          FROM fulfillment_lines AS l
          JOIN order_lines AS ol ON ol.id = l.line_id
          JOIN products AS pr ON pr.sku = l.sku
          WHERE l.fulfillment_id = f.id) AS lines,
         ${packagesOfF} AS packages,
         (SELECT coalesce(json_agg(json_build_object(
                   'id', d.id, 'kind', d.kind, 'title', d.title, 'createdAt', d.created_at)
                   ORDER BY d.created_at, d.id), '[]')
          FROM documents AS d
          WHERE d.order_id = f.order_id
            AND (d.content ->> 'fulfillmentId' = f.id
                 OR d.id IN (SELECT label_document_id FROM packages WHERE fulfillment_id = f.id))) AS documents
  FROM fulfillments AS f JOIN orders AS o ON o.id = f.order_id`;

function viewOf(row: FulfillmentRow): FulfillmentView {
  const there = orderTo(row.addressed, row.destination);
  const order = row.store === null ? there : orderToStore(there, row.store);
  return {
    id: row.id,
    orderId: row.order_id,
    orderNumber: row.number,
    channel: row.channel,
    customerName: row.customer_name,
    locationId: row.location_id,
    mode: row.mode,
    pickupLocationId: row.pickup_location_id,
    status: row.status,
    placedAt: instant(row.placed_at),
    releasedAt: instantOrNull(row.released_at),
    actBefore: instantOrNull(row.act_before),
    rejectReason: row.reject_reason,
    packedAt: instantOrNull(row.packed_at),
    shippedAt: instantOrNull(row.shipped_at),
    arrivedAt: instantOrNull(row.arrived_at),
    deliveredAt: instantOrNull(row.delivered_at),
    destination: row.destination,
    recipient: destinationOf(order),
    shippingMethod: order.shipping.method,
    service: row.service,
    lines: row.lines,
    packages: row.packages.map(packageOf),
    documents: row.documents.map(documentSummaryOf),
    allowedActions:
      row.released_at === null || row.order_status === 'onHold' ? [] : allowedFulfillmentActions(row),
  };
}
