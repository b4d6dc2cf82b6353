import { orderWorkflowId } from '../../domain/ids';
import { allowedOrderActions } from '../../domain/order/capabilities';
import { piecesByState } from '../../domain/order/line-states';
import { priceOrder } from '../../domain/order/totals';
import type { OrderView } from '../../store/read/order-view';
import type { StartedOrder } from '../start-order';

/** An accepted order as it reads before its workflow has recorded it: as it was handed in, and nothing done yet. */
export function viewOfUnrecorded({ order, startedAt }: StartedOrder): OrderView {
  const { lines } = priceOrder(order);
  return {
    id: order.id,
    number: order.number,
    channel: order.channel,
    externalReference: order.externalReference,
    workflowId: orderWorkflowId(order.channel, order.externalReference),
    version: 1,
    remorseUntil: null,
    status: 'placed',
    decision: null,
    paymentStatus: 'pending',
    currency: order.currency,
    pricesIncludeTax: order.pricesIncludeTax,
    placedAt: order.placedAt,
    updatedAt: startedAt,
    customer: order.customer,
    shippingAddress: order.shippingAddress,
    billingAddress: order.billingAddress ?? null,
    shipping: order.shipping,
    soldAt: order.soldAt ?? null,
    delivery: order.delivery,
    destinations: order.destinations ?? [],
    total: order.total,
    note: order.note ?? null,
    preference: order.preference ?? null,
    lines: order.lines.map((line, index) => ({
      ...line,
      destination: line.destination ?? null,
      total: lines[index]!.gross,
      byState: piecesByState({
        quantity: line.quantity,
        cancelled: 0,
        backordered: 0,
        returned: 0,
        parts: [],
        isOrderCancelled: false,
      }),
    })),
    fulfillments: [],
    payments: [],
    returns: [],
    documents: [],
    mails: [],
    holds: [],
    waitingFor: [
      {
        what: 'a worker to record the order',
        since: startedAt,
        until: null,
        then: 'it is screened and sourced; when this lasts, operations must see that workers run',
      },
    ],
    promise: null,
    latePieces: [],
    awaitedEdit: null,
    allowedActions: allowedOrderActions({ status: 'placed', fulfillments: [], awaitsTransfer: false }),
  };
}
