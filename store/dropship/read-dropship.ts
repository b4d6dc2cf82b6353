import { orderTo } from '../../domain/order/destination';
import type { Address, PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';

/** Work that lies at a supplier, with what it is told of it. */
export interface Dropship {
  fulfillmentId: string;
  /** As it goes to the destination of the fulfillment. */
  order: PlacedOrder;
  /** In whose name the goods go out. */
  seller: string;
  location: { id: string; name: string; address: Address };
  /** When it must have answered; null before the work is released. */
  actBefore: string | null;
  actWithinMs: number;
  /** Who ships from there; null when no supplier names the location. */
  supplier: { name: string; email: string | null; locale: string; currency: string } | null;
  lines: {
    lineId: string;
    sku: string;
    title: string;
    quantity: number;
    gtin: string | null;
    supplierSku: string | null;
    /** Of one piece, minor units of the supplier's currency. */
    cost: number | null;
  }[];
}

/** Which of some fulfillments suppliers are to ship; the others are left out. */
export async function readDropships(db: Database, fulfillmentIds: string[]): Promise<Dropship[]> {
  if (fulfillmentIds.length === 0) return [];
  const answer = await db.raw<{ rows: (Dropship & { destination: string | null })[] }>(sql, [fulfillmentIds]);
  return answer.rows.map(({ destination, ...work }) => ({
    ...work,
    order: orderTo(work.order, destination),
  }));
}

const sql = `
  SELECT f.id AS "fulfillmentId", f.destination, o.content AS "order", coalesce(c.settings #>> '{brand,sellerName}', c.name) AS seller, l.act_within_ms AS "actWithinMs",
    to_char(f.act_before AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "actBefore",
    jsonb_build_object('id', l.id, 'name', l.name, 'address', l.address) AS location,
    CASE WHEN s.id IS NOT NULL THEN jsonb_build_object(
      'name', s.name, 'email', s.email, 'locale', s.locale, 'currency', s.currency) END AS supplier,
    (SELECT coalesce(jsonb_agg(jsonb_build_object(
              'lineId', fl.line_id, 'sku', fl.sku, 'title', ol.title, 'quantity', fl.quantity, 'gtin', p.gtin,
              'supplierSku', i.supplier_sku, 'cost', i.cost) ORDER BY ol.position), '[]')
     FROM fulfillment_lines AS fl
     JOIN order_lines AS ol ON ol.id = fl.line_id
     JOIN products AS p ON p.sku = fl.sku
     LEFT JOIN supplier_items AS i ON i.supplier_id = s.id AND i.sku = fl.sku
     WHERE fl.fulfillment_id = f.id) AS lines
  FROM fulfillments AS f
  JOIN locations AS l ON l.id = f.location_id AND l.type = 'supplier'
  JOIN orders AS o ON o.id = f.order_id
  JOIN channels AS c ON c.code = o.channel
  LEFT JOIN LATERAL (SELECT * FROM suppliers WHERE location_id = l.id ORDER BY id LIMIT 1) AS s ON true
  WHERE f.id = ANY (?)
  ORDER BY f.id`;
