import type { LinePlaces } from '../../domain/order/cancel-pieces';
import type { Database } from '../connect';
import { instant } from '../instant';
import { statusForTaking } from './status-for-taking';

/** Where the pieces of every line of an order are; read under the locks of its fulfillments and SKUs. */
export async function readLinePlaces(db: Database, orderId: string): Promise<LinePlaces[]> {
  const answer = await db.raw<{ rows: LinePlaces[] }>(sql, [orderId]);
  return answer.rows.map((line) => ({
    ...line,
    waiting: line.waiting.map((each) => ({ ...each, since: instant(each.since!) })),
  }));
}

const sql = `
  SELECT l.id AS "lineId", l.sku, l.quantity, l.cancelled,
    coalesce((SELECT jsonb_agg(jsonb_build_object('backorderId', b.id, 'quantity', b.open, 'since', b.since) ORDER BY b.id)
              FROM backorders AS b WHERE b.line_id = l.id AND b.open > 0), '[]') AS waiting,
    coalesce((SELECT jsonb_agg(jsonb_build_object('fulfillmentId', f.id, 'quantity', p.quantity, 'status',
                                 ${statusForTaking}) ORDER BY f.id)
              FROM fulfillment_lines AS p JOIN fulfillments AS f ON f.id = p.fulfillment_id
              JOIN locations AS w ON w.id = f.location_id
              WHERE p.line_id = l.id AND f.status NOT IN ('cancelled', 'gathered')), '[]') AS work
  FROM order_lines AS l WHERE l.order_id = ? ORDER BY l.position`;
