import type { Money } from '../../domain/money';
import { allowedReturnActions, type ReturnAction } from '../../domain/order/capabilities';
import { instant, instantOrNull } from '../instant';

/** Goods on their way back, and what came of them. */
export interface ReturnView {
  id: string;
  orderId: string;
  mode: 'parcel' | 'store' | 'keep';
  refundTo: 'tenders' | 'storeCredit';
  status: string;
  cause: string;
  locationId: string | null;
  refund: Money | null;
  labelDocumentId: string | null;
  trackingNumber: string | null;
  requestedAt: string;
  receivedAt: string | null;
  inspectedAt: string | null;
  refundedAt: string | null;
  lines: ReturnLineView[];
  allowedActions: ReturnAction[];
}

export interface ReturnLineView {
  lineId: string;
  sku: string;
  quantity: number;
  reason: string;
  restocked: number;
  unsellable: number;
  rejected: number;
}

/** What the SQL below answers: a ReturnView with raw instants and amount. */
export interface ReturnJson extends Omit<ReturnView, 'refund' | 'allowedActions'> {
  refundAmount: number | null;
}

/** SQL of one return `r` as JSON, keys as in ReturnJson. */
export const returnJson = `
  json_build_object(
    'id', r.id, 'orderId', r.order_id, 'mode', r.mode, 'refundTo', r.refund_to, 'status', r.status,
    'cause', r.cause, 'locationId', r.location_id, 'refundAmount', r.refund_amount,
    'labelDocumentId', r.label_document_id, 'trackingNumber', r.tracking_number,
    'requestedAt', r.requested_at, 'receivedAt', r.received_at, 'inspectedAt', r.inspected_at,
    'refundedAt', r.refunded_at,
    'lines', (SELECT coalesce(json_agg(json_build_object(
                'lineId', l.line_id, 'sku', l.sku, 'quantity', l.quantity, 'reason', l.reason,
                'restocked', l.restocked, 'unsellable', l.unsellable, 'rejected', l.rejected)
                ORDER BY l.line_id), '[]')
              FROM return_lines AS l WHERE l.return_id = r.id))`;

export function returnOf(json: ReturnJson, currency: string): ReturnView {
  const { refundAmount, ...rest } = json;
  return {
    ...rest,
    refund: refundAmount === null ? null : { amount: refundAmount, currency },
    requestedAt: instant(json.requestedAt),
    receivedAt: instantOrNull(json.receivedAt),
    inspectedAt: instantOrNull(json.inspectedAt),
    refundedAt: instantOrNull(json.refundedAt),
    allowedActions: allowedReturnActions(json.status),
  };
}
