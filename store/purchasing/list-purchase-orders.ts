import type { Knex } from 'knex';
import type { PurchaseOrderStatus } from '../../domain/purchasing/purchase-order-actions';
import type { Database } from '../connect';
import { instant, instantOrNull } from '../instant';
import { pageOf, type Page } from '../page';
import type { PurchaseOrderSummary } from './purchase-order-view';

export interface ListPurchaseOrdersInput {
  status?: PurchaseOrderStatus;
  supplierId?: string;
  locationId?: string;
  after?: PurchaseOrderPosition;
  limit: number;
}
export interface PurchaseOrderPosition {
  createdAt: string;
  id: string;
}

/** Purchase orders, the newest first, a page at a time. */
export async function listPurchaseOrders(
  db: Database,
  input: ListPurchaseOrdersInput,
): Promise<Page<PurchaseOrderSummary, PurchaseOrderPosition>> {
  const query = summaries(db)
    .orderBy([
      { column: 'o.created_at', order: 'desc' },
      { column: 'o.id', order: 'desc' },
    ])
    .limit(input.limit + 1);
  if (input.status !== undefined) void query.where('o.status', input.status);
  if (input.supplierId !== undefined) void query.where('o.supplier_id', input.supplierId);
  if (input.locationId !== undefined) void query.where('o.location_id', input.locationId);
  if (input.after)
    void query.whereRaw('(o.created_at, o.id) < (?, ?)', [input.after.createdAt, input.after.id]);
  const rows = await query;
  return pageOf(rows.map(summaryOf), input.limit, ({ createdAt, id }) => ({ createdAt, id }));
}

export const summaries = (db: Database): Knex.QueryBuilder<SummaryRow, SummaryRow[]> =>
  db('purchase_orders as o')
    .join('suppliers as s', 's.id', 'o.supplier_id')
    .join('locations as p', 'p.id', 'o.location_id')
    .select(
      'o.*',
      's.name as supplier_name',
      'p.name as location_name',
      db.raw(`(SELECT sum(l.quantity)::int FROM purchase_order_lines AS l
               WHERE l.purchase_order_id = o.id) AS pieces`),
      db.raw(`(SELECT coalesce(sum(i.quantity - i.received), 0)::int FROM incoming_supply AS i
               WHERE i.purchase_order_id = o.id) AS open`),
      db.raw(`(SELECT min(i.expected_at) FROM incoming_supply AS i
               WHERE i.purchase_order_id = o.id AND i.received < i.quantity) AS next_at`),
    );

export interface SummaryRow {
  id: string;
  number: string;
  status: PurchaseOrderStatus;
  supplier_id: string;
  supplier_name: string;
  location_id: string;
  location_name: string;
  pieces: number;
  open: number;
  next_at: Date | null;
  expected_at: Date | null;
  created_at: Date;
  created_by: string;
  version: number;
  reference: string | null;
  currency: string;
}

export const summaryOf = (row: SummaryRow): PurchaseOrderSummary => ({
  id: row.id,
  number: row.number,
  status: row.status,
  supplierId: row.supplier_id,
  supplierName: row.supplier_name,
  locationId: row.location_id,
  locationName: row.location_name,
  pieces: row.pieces,
  open: row.open,
  expectedAt: instantOrNull(row.status === 'draft' ? row.expected_at : row.next_at),
  createdAt: instant(row.created_at),
});
