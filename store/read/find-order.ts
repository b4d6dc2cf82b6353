import type { Database } from '../connect';
import { prepared } from '../prepared';
import { promisedTo } from '../supply/promised-to';
import { latePieces } from '../promise/late-pieces';
import { leavesWith } from '../promise/leaves-with';
import { packagesOfF, serviceOfF } from './fulfillment-view';
import type { OrderRow } from './order-row';
import { orderOf } from './order-of-row';
import type { OrderView } from './order-view';
import { returnJson } from './return-view';

/** An order with everything that belongs to it, in one statement and so of one moment. */
export async function findOrder(db: Database, id: string): Promise<OrderView | null> {
  const answer = await prepared<{ rows: OrderRow[] }>(db, sql, [id]);
  return answer.rows[0] ? orderOf(answer.rows[0]) : null;
}

const sql = `
  SELECT o.id, o.number, o.channel, o.external_reference, o.status, o.decision, o.payment_status, o.currency,
    o.total, o.content, o.version, o.placed_at, o.updated_at,
    (SELECT coalesce(json_agg(json_build_object(
              'id', l.id, 'gross', l.gross, 'cancelled', l.cancelled,
              'backordered', (SELECT coalesce(sum(b.open), 0) FROM backorders AS b WHERE b.line_id = l.id))
              ORDER BY l.position), '[]')
     FROM order_lines AS l WHERE l.order_id = o.id) AS lines,
    (SELECT coalesce(json_agg(json_build_object(
              'id', f.id, 'locationId', f.location_id, 'destination', f.destination, 'mode', f.mode, 'status', f.status,
              'pickupLocationId', f.pickup_location_id, 'arrivedAt', f.arrived_at,
              'releasedAt', f.released_at, 'actBefore', f.act_before, 'pickupCode', f.pickup_code,
              'rejectReason', f.reject_reason, 'packedAt', f.packed_at, 'shippedAt', f.shipped_at,
              'deliveredAt', f.delivered_at,
              'lines', (SELECT coalesce(json_agg(json_build_object(
                                 'lineId', fl.line_id, 'sku', fl.sku, 'quantity', fl.quantity)
                                 ORDER BY fl.line_id), '[]')
                        FROM fulfillment_lines AS fl WHERE fl.fulfillment_id = f.id),
              'service', ${serviceOfF}, 'packages', ${packagesOfF}) ORDER BY f.created_at, f.id), '[]')
     FROM fulfillments AS f WHERE f.order_id = o.id) AS fulfillments,
    (SELECT coalesce(json_agg(json_build_object(
              'id', p.id, 'method', p.method, 'provider', p.provider, 'status', p.status, 'amount', p.amount,
              'authorized', p.authorized, 'captured', p.captured, 'refunded', p.refunded,
              'transferReference', p.transfer_reference, 'failure', p.failure) ORDER BY p.position), '[]')
     FROM payments AS p WHERE p.order_id = o.id) AS payments,
    (SELECT coalesce(json_agg(${returnJson} ORDER BY r.requested_at, r.id), '[]')
     FROM returns AS r WHERE r.order_id = o.id) AS returns,
    (SELECT coalesce(json_agg(json_build_object(
              'id', d.id, 'kind', d.kind, 'title', d.title, 'createdAt', d.created_at)
              ORDER BY d.created_at, d.id), '[]')
     FROM documents AS d WHERE d.order_id = o.id) AS documents,
    (SELECT coalesce(json_agg(json_build_object(
              'template', m.payload ->> 'template', 'to', m.payload ->> 'to',
              'createdAt', m.created_at, 'sentAt', m.delivered_at) ORDER BY m.id), '[]')
     FROM outbox AS m WHERE m.order_id = o.id AND m.kind = 'mail') AS mails,
    (SELECT coalesce(json_agg(json_build_object(
              'id', h.key, 'type', h.type, 'reason', h.reason, 'because', h.because, 'owner', h.owner,
              'until', h.until, 'then', h.then_what, 'actor', h.actor, 'placedAt', h.placed_at,
              'releasedAt', h.released_at, 'releasedBy', h.released_by) ORDER BY h.placed_at, h.key), '[]')
     FROM order_holds AS h WHERE h.order_id = o.id) AS holds,
    (SELECT coalesce(json_agg(json_build_object(
              'key', w.key, 'what', w.what, 'since', w.since, 'until', w.until, 'then', w.then_what)
              ORDER BY w.until NULLS LAST, w.key), '[]')
     FROM order_waits AS w WHERE w.order_id = o.id) AS waits,
    (SELECT coalesce(json_agg(json_build_object(
              'lineId', b.line_id, 'sku', b.sku, 'quantity', c.quantity, 'expectedAt', c.expected_at,
              'purchaseOrderId', c.purchase_order_id, 'reference', c.reference)
              ORDER BY c.expected_at, c.key, b.id), '[]')
     FROM backorders AS b
     CROSS JOIN LATERAL (${promisedTo('b')}) AS c
     WHERE b.order_id = o.id AND b.open > 0) AS promised,
    ${latePieces} AS late_pieces, ${leavesWith} AS leaves_with,
    (SELECT json_object_agg(p.part, json_build_object(
              'earliest', p.earliest, 'latest', p.latest, 'reasons', p.reasons))
     FROM (SELECT DISTINCT ON (part) * FROM order_promises
           WHERE order_id = o.id ORDER BY part, id DESC) AS p) AS promises,
    (SELECT json_build_object(
              'paymentId', p.id, 'changes', e.changes, 'total', e.content -> 'total', 'amount', p.amount,
              'received', p.captured, 'transferReference', p.transfer_reference, 'reason', e.reason,
              'actor', e.actor, 'askedAt', e.asked_at, 'until', e.until)
     FROM awaited_edits AS e JOIN payments AS p ON p.id = e.payment_id
     WHERE e.order_id = o.id AND e.ended_at IS NULL) AS awaited_edit
  FROM orders AS o WHERE o.id = ?`;
