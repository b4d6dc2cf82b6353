import type { Database } from '../connect';
import { instant } from '../instant';

export interface ExpectedReturn {
  id: string;
  orderId: string;
  orderNumber: string;
  customerName: string;
  locationId: string;
  mode: 'parcel' | 'store' | 'keep';
  cause: string;
  status: 'requested' | 'received';
  trackingNumber: string | null;
  requestedAt: string;
  lines: { lineId: string; sku: string; title: string; quantity: number; reason: string }[];
}

/** Returns that a location is to take in or to inspect: those that are there first, then the oldest. */
export async function readReturnsAt(
  db: Database,
  { locationId, limit }: { locationId: string; limit: number },
): Promise<ExpectedReturn[]> {
  const answer = await db.raw<{ rows: ExpectedReturn[] }>(sql, { locationId, limit });
  return answer.rows.map((row) => ({ ...row, requestedAt: instant(row.requestedAt) }));
}

const sql = `
  SELECT r.id, r.order_id AS "orderId", o.number AS "orderNumber", r.location_id AS "locationId", r.mode, r.cause,
         o.content #>> '{customer,name}' AS "customerName", r.status, r.tracking_number AS "trackingNumber",
         r.requested_at AS "requestedAt",
         (SELECT json_agg(json_build_object('lineId', l.line_id, 'sku', l.sku, 'title', ol.title,
                                            'quantity', l.quantity, 'reason', l.reason) ORDER BY ol.position)
          FROM return_lines AS l JOIN order_lines AS ol ON ol.id = l.line_id WHERE l.return_id = r.id) AS lines
  FROM returns AS r JOIN orders AS o ON o.id = r.order_id
  WHERE r.location_id = :locationId AND r.status IN ('requested', 'received') AND r.mode <> 'keep'
  ORDER BY r.status = 'requested', r.requested_at, r.id LIMIT :limit`;
