import { orderWorkflowId } from '../../domain/ids';
import { money } from '../../domain/money';
import { destinationsInUse } from '../../domain/order/destination';
import { allowedOrderActions } from '../../domain/order/capabilities';
import { instant, instantOrNull } from '../instant';
import { documentSummaryOf, packageOf } from './fulfillment-view';
import { lineOf } from './order-lines-of-row';
import type { OrderRow } from './order-row';
import type { AwaitedEditView, OrderFulfillmentView, OrderView, PaymentView } from './order-view';
import { promiseOf, waitOf } from './order-waits-of-row';
import { returnOf } from './return-view';

/** The order that people read, from its row. */
export function orderOf(row: OrderRow): OrderView {
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
    destinations: destinationsInUse(content),
    total: money(row.total, currency),
    note: content.note ?? null,
    preference: content.preference ?? null,
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
    latePieces: row.late_pieces.map(({ fulfillmentId, lineId, quantity }) => ({
      fulfillmentId,
      lineId,
      quantity,
    })),
    awaitedEdit: row.awaited_edit && awaitedEditOf(row.awaited_edit, currency),
    allowedActions: allowedOrderActions({
      status: row.status,
      fulfillments: row.fulfillments.map((fulfillment) => fulfillment.status),
      isConfirmed: row.documents.some(({ kind }) => kind === 'orderConfirmation'),
      waitsForStock: row.lines.some((line) => line.backordered > 0),
      hasLatePieces: row.late_pieces.length > 0,
      isInternal: content.delivery.toLocationId !== undefined,
      awaitsEdit: row.awaited_edit !== null,
      awaitsTransfer: row.payments.some(
        (payment) =>
          payment.method === 'bankTransfer' &&
          payment.status !== 'voided' &&
          payment.captured < payment.amount,
      ),
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
  arrivedAt: instantOrNull(row.arrivedAt),
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

const awaitedEditOf = (row: NonNullable<OrderRow['awaited_edit']>, currency: string): AwaitedEditView => ({
  ...row,
  amount: money(row.amount, currency),
  received: money(row.received, currency),
  askedAt: instant(row.askedAt),
  until: instant(row.until),
});
