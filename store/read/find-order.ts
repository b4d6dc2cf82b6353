import { wholePromise } from '../../domain/promise/order-promise';
import { waitingPart } from '../../domain/promise/part-promise';
import { orderWorkflowId } from '../../domain/ids';
import { money } from '../../domain/money';
import { allowedOrderActions } from '../../domain/order/capabilities';
import { piecesByState } from '../../domain/order/line-states';
import type { OrderStatus } from '../../domain/order/states';
import type { OrderLine, PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';
import { instant, instantOrNull } from '../instant';
import { prepared } from '../prepared';
import { documentSummaryOf, packageOf, packagesOfF, serviceOfF } from './fulfillment-view';
import type {
  DocumentSummary,
  HoldView,
  MailSummary,
  OrderFulfillmentView,
  OrderLineView,
  OrderView,
  PaymentView,
  PromisedSupply,
  PromiseView,
  WaitView,
} from './order-view';
import { returnJson, returnOf, type ReturnJson } from './return-view';

/** An order with everything that belongs to it, in one statement and so of one moment. */
export async function findOrder(db: Database, id: string): Promise<OrderView | null> {
  const answer = await prepared<{ rows: OrderRow[] }>(db, sql, [id]);
  return answer.rows[0] ? viewOf(answer.rows[0]) : null;
}

interface OrderRow {
  id: string;
  number: string;
  channel: string;
  external_reference: string;
  version: number;
  status: OrderStatus;
  decision: string | null;
  payment_status: string;
  currency: string;
  total: number;
  content: PlacedOrder;
  placed_at: Date;
  updated_at: Date;
  lines: { id: string; gross: number; cancelled: number; backordered: number }[];
  fulfillments: Omit<OrderFulfillmentView, 'promise'>[];
  payments: (Omit<PaymentView, 'amount' | 'authorized' | 'captured' | 'refunded'> & Amounts)[];
  returns: ReturnJson[];
  documents: DocumentSummary[];
  mails: MailSummary[];
  holds: HoldView[];
  waits: (WaitView & { key: string })[];
  promised: PromisedSupply[];
  promises: Record<string, PromiseView> | null;
}
type Amounts = Record<'amount' | 'authorized' | 'captured' | 'refunded', number>;

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
              'lineId', b.line_id, 'sku', b.sku, 'quantity', p.quantity, 'expectedAt', i.expected_at,
              'purchaseOrderId', i.purchase_order_id, 'reference', i.reference)
              ORDER BY i.expected_at, p.supply_id, b.id), '[]')
     FROM backorders AS b
     JOIN backorder_promises AS p ON p.backorder_id = b.id
     JOIN incoming_supply AS i ON i.id = p.supply_id
     WHERE b.order_id = o.id AND b.open > 0) AS promised,
    (SELECT json_object_agg(p.part, json_build_object(
              'earliest', p.earliest, 'latest', p.latest, 'reasons', p.reasons))
     FROM (SELECT DISTINCT ON (part) * FROM order_promises
           WHERE order_id = o.id ORDER BY part, id DESC) AS p) AS promises
  FROM orders AS o WHERE o.id = ?`;

function viewOf(row: OrderRow): OrderView {
  const { content, currency } = row;
  return {
    id: row.id,
    number: row.number,
    channel: row.channel,
    externalReference: row.external_reference,
    workflowId: orderWorkflowId(row.channel, row.external_reference),
    version: row.version,
    remorseUntil: instantOrNull(row.waits.find(({ key }) => key === 'remorse')?.until ?? null),
    status: row.status,
    decision: row.decision,
    paymentStatus: row.payment_status,
    currency,
    pricesIncludeTax: content.pricesIncludeTax,
    placedAt: instant(row.placed_at),
    updatedAt: instant(row.updated_at),
    customer: content.customer,
    shippingAddress: content.shippingAddress,
    billingAddress: content.billingAddress ?? null,
    shipping: content.shipping,
    soldAt: content.soldAt ?? null,
    delivery: content.delivery,
    destinations: content.destinations ?? [],
    total: money(row.total, currency),
    note: content.note ?? null,
    lines: content.lines.map((line) => lineOf(line, row)),
    fulfillments: row.fulfillments.map((each) => fulfillmentOf(each, row)),
    payments: row.payments.map((payment) => paymentOf(payment, currency)),
    returns: row.returns.map((json) => returnOf(json, currency)),
    documents: row.documents.map(documentSummaryOf),
    mails: row.mails.map((mail) => ({
      ...mail,
      createdAt: instant(mail.createdAt),
      sentAt: instantOrNull(mail.sentAt),
    })),
    holds: row.holds.map((hold) => ({
      ...hold,
      until: instantOrNull(hold.until),
      placedAt: instant(hold.placedAt),
      releasedAt: instantOrNull(hold.releasedAt),
    })),
    waitingFor: row.waits.map((wait) => waitOf(wait, row)),
    promise: promiseOf(row),
    allowedActions: allowedOrderActions({
      status: row.status,
      fulfillments: row.fulfillments.map((fulfillment) => fulfillment.status),
      isConfirmed: row.documents.some(({ kind }) => kind === 'orderConfirmation'),
      waitsForStock: row.lines.some((line) => line.backordered > 0),
      isInternal: content.delivery.toLocationId !== undefined,
      awaitsTransfer: row.payments.some(
        (payment) =>
          payment.method === 'bankTransfer' &&
          payment.status !== 'voided' &&
          payment.captured < payment.amount,
      ),
    }),
  };
}

/** Work that was taken elsewhere promises nothing, nor do lines that wait no longer. */
function promiseOf({ promises, fulfillments, lines }: OrderRow): PromiseView | null {
  const parts = fulfillments.filter(({ status }) => status !== 'cancelled').map(({ id }) => id);
  if (lines.some(({ backordered }) => backordered > 0)) parts.push(waitingPart);
  return wholePromise(parts.flatMap((part) => promises?.[part] ?? []));
}

function waitOf({ key, ...wait }: OrderRow['waits'][number], { promised, promises }: OrderRow): WaitView {
  const promise = promises?.[key === 'backorder' ? waitingPart : key];
  const told = {
    ...{ ...wait, since: instant(wait.since), until: instantOrNull(wait.until) },
    ...(promise && { promise }),
  };
  if (key !== 'backorder') return told;
  const supplies = promised.map((each) => ({ ...each, expectedAt: instant(each.expectedAt) }));
  const parts = supplies.map(
    ({ sku, quantity, expectedAt, reference }) =>
      `${quantity} × ${sku} by ${expectedAt.slice(0, 10)}${reference === null ? '' : ` with ${reference}`}`,
  );
  return { ...told, what: parts.length > 0 ? `${wait.what}: ${parts.join(', ')}` : wait.what, supplies };
}

function lineOf(line: OrderLine, row: OrderRow): OrderLineView {
  const kept = row.lines.find((candidate) => candidate.id === line.id);
  const parts = row.fulfillments.flatMap(({ status, lines }) =>
    lines.filter((part) => part.lineId === line.id).map(({ quantity }) => ({ status, quantity })),
  );
  const cameBack = row.returns
    .flatMap(({ status, lines }) => lines.map((back) => ({ ...back, isRefunded: status === 'refunded' })))
    .filter((back) => back.lineId === line.id)
    .reduce(
      (so, back) =>
        so + (back.isRefunded && back.reason === 'lost' ? back.quantity : back.restocked + back.unsellable),
      0,
    );
  return {
    id: line.id,
    sku: line.sku,
    title: line.title,
    quantity: line.quantity,
    destination: line.destination ?? null,
    unitPrice: line.unitPrice,
    taxRateBps: line.taxRateBps,
    discount: line.discount,
    total: money(kept?.gross ?? 0, row.currency),
    byState: piecesByState({
      quantity: line.quantity,
      cancelled: kept?.cancelled ?? 0,
      backordered: kept?.backordered ?? 0,
      returned: cameBack,
      parts,
      isOrderCancelled: row.status === 'cancelled',
    }),
  };
}

const fulfillmentOf = (
  row: OrderRow['fulfillments'][number],
  { promises }: OrderRow,
): OrderFulfillmentView => ({
  ...row,
  promise: promises?.[row.id] ?? null,
  releasedAt: instantOrNull(row.releasedAt),
  actBefore: instantOrNull(row.actBefore),
  packedAt: instantOrNull(row.packedAt),
  shippedAt: instantOrNull(row.shippedAt),
  deliveredAt: instantOrNull(row.deliveredAt),
  packages: row.packages.map(packageOf),
});

const paymentOf = (row: OrderRow['payments'][number], currency: string): PaymentView => ({
  ...row,
  amount: money(row.amount, currency),
  authorized: money(row.authorized, currency),
  captured: money(row.captured, currency),
  refunded: money(row.refunded, currency),
});
