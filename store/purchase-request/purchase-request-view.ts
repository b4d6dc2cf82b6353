import {
  allowedPurchaseRequestActions,
  type PurchaseRequestAction,
  type PurchaseRequestState,
} from '../../domain/purchasing/purchase-request';
import type { Knex } from 'knex';
import type { Database } from '../connect';
import { instant, instantOrNull } from '../instant';

/** Pieces that a line waits for and that somebody is to buy. */
export interface PurchaseRequest {
  id: string;
  status: PurchaseRequestState;
  sku: string;
  title: string;
  /** Pieces that still wait. */
  quantity: number;
  orderId: string;
  orderNumber: string;
  owner: string;
  requestedAt: string;
  answerBefore: string;
  /** Who sells it, soonest first. */
  suppliers: { id: string; name: string; leadTimeDays: number }[];
  purchaseOrder: { id: string; number: string; status: string } | null;
  refused: { at: string; by: string; reason: string | null } | null;
  allowedActions: PurchaseRequestAction[];
}

/** What came of a request, whatever was answered: the line and the purchase order have the last word. */
const status = `
  CASE WHEN r.refused_at IS NOT NULL THEN 'refused'
       WHEN po.status <> 'cancelled' AND EXISTS (
         SELECT 1 FROM purchase_order_lines AS l WHERE l.purchase_order_id = po.id AND l.sku = b.sku
       ) THEN 'ordered'
       WHEN b.open = 0 THEN 'notNeeded'
       ELSE 'open' END`;

/** Every request as it is seen, to be narrowed by who asks. */
export const selectPurchaseRequests = (db: Database): Knex.QueryBuilder =>
  db
    .with('request', (query) =>
      query
        .from('purchase_requests as r')
        .join('backorders as b', 'b.id', 'r.backorder_id')
        .join('orders as o', 'o.id', 'r.order_id')
        .join('products as p', 'p.sku', 'b.sku')
        .leftJoin('purchase_orders as po', 'po.id', 'r.purchase_order_id')
        .select('r.*', 'b.sku', 'b.open', 'p.title', 'o.number as order_number', {
          po_number: 'po.number',
          po_status: 'po.status',
        })
        .select(db.raw(`${status} AS status`)),
    )
    .from('request')
    .select('request.*')
    .select(
      db.raw(`(
        SELECT coalesce(json_agg(json_build_object('id', s.id, 'name', s.name, 'leadTimeDays', s.lead_time_days)
          ORDER BY s.lead_time_days, s.id), '[]')
        FROM supplier_items AS i JOIN suppliers AS s ON s.id = i.supplier_id WHERE i.sku = request.sku) AS suppliers`),
    );

export interface PurchaseRequestRow {
  id: string;
  status: PurchaseRequestState;
  sku: string;
  title: string;
  open: number;
  order_id: string;
  order_number: string;
  owner: string;
  requested_at: Date;
  answer_before: Date;
  suppliers: PurchaseRequest['suppliers'];
  purchase_order_id: string | null;
  po_number: string;
  po_status: string;
  refused_at: Date | null;
  refused_by: string;
  refuse_reason: string | null;
}

export const purchaseRequestOf = (row: PurchaseRequestRow): PurchaseRequest => ({
  ...{ id: row.id, status: row.status, sku: row.sku, title: row.title, quantity: row.open },
  ...{ orderId: row.order_id, orderNumber: row.order_number, owner: row.owner },
  requestedAt: instant(row.requested_at),
  answerBefore: instant(row.answer_before),
  suppliers: row.suppliers,
  purchaseOrder:
    row.purchase_order_id === null
      ? null
      : { id: row.purchase_order_id, number: row.po_number, status: row.po_status },
  refused: row.refused_at && {
    ...{ at: instantOrNull(row.refused_at)!, by: row.refused_by, reason: row.refuse_reason },
  },
  allowedActions: allowedPurchaseRequestActions(row.status),
});
