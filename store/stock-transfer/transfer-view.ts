import {
  allowedTransferActions,
  type StockTransferAction,
  type StockTransferState,
} from '../../domain/stock/transfer';
import type { Database } from '../connect';
import { instant, instantOrNull } from '../instant';

/** Pieces on their way from one location to another, as people see it. */
export interface StockTransferView {
  id: string;
  fromLocationId: string;
  toLocationId: string;
  /** The internal order whose goods they are, and the work that sent them. */
  orderId: string | null;
  fulfillmentId: string | null;
  status: StockTransferState;
  expectedAt: string | null;
  reference: string | null;
  requestedAt: string;
  requestedBy: string;
  shippedAt: string | null;
  shippedBy: string | null;
  /** Received, closed short or cancelled. */
  closedAt: string | null;
  closedBy: string | null;
  closeReason: string | null;
  lines: StockTransferLine[];
  allowedActions: StockTransferAction[];
}

export interface StockTransferLine {
  sku: string;
  title: string;
  quantity: number;
  received: number;
  damaged: number;
  lost: number;
  /** Arrived beyond what was sent. */
  surplus: number;
}

export interface TransferRow {
  id: string;
  from_location_id: string;
  to_location_id: string;
  status: StockTransferState;
  expected_at: Date | null;
  reference: string | null;
  requested_at: Date;
  requested_by: string;
  shipped_at: Date | null;
  shipped_by: string | null;
  closed_at: Date | null;
  closed_by: string | null;
  close_reason: string | null;
  fulfillment_id: string | null;
}

/** The transfers of some rows, with their lines. */
export async function viewsOf(db: Database, rows: readonly TransferRow[]): Promise<StockTransferView[]> {
  const ids = rows.map(({ id }) => id);
  const lines: (StockTransferLine & { transferId: string })[] = await db('stock_transfer_lines as l')
    .join('products as p', 'p.sku', 'l.sku')
    .whereIn('l.transfer_id', ids)
    .orderBy('l.position')
    .select({ transferId: 'l.transfer_id', title: 'p.title' })
    .select('l.sku', 'l.quantity', 'l.received', 'l.damaged', 'l.lost', 'l.surplus');
  const orders: { id: string; order_id: string }[] = await db('fulfillments')
    .whereIn(
      'id',
      rows.flatMap(({ fulfillment_id: id }) => id ?? []),
    )
    .select('id', 'order_id');
  return rows.map((row) => ({
    id: row.id,
    fromLocationId: row.from_location_id,
    toLocationId: row.to_location_id,
    orderId: orders.find(({ id }) => id === row.fulfillment_id)?.order_id ?? null,
    fulfillmentId: row.fulfillment_id,
    status: row.status,
    expectedAt: instantOrNull(row.expected_at),
    reference: row.reference,
    requestedAt: instant(row.requested_at),
    requestedBy: row.requested_by,
    shippedAt: instantOrNull(row.shipped_at),
    shippedBy: row.shipped_by,
    closedAt: instantOrNull(row.closed_at),
    closedBy: row.closed_by,
    closeReason: row.close_reason,
    lines: lines.filter(({ transferId }) => transferId === row.id).map(({ transferId: _, ...line }) => line),
    allowedActions: allowedTransferActions(row.status),
  }));
}
