import { confirmationOf } from '../domain/order/confirmation';
import { destinationOf, goesToSeveral, ordersByDestination, parcelShopOf } from '../domain/order/destination';
import { aboutOrder, datedMailLines, mailDestinations, mailLines, mailTo } from '../domain/order/mail-parts';
import type { OrderFacts } from '../store/order/read-order-facts';
import type { OrderStep } from '../store/story/record-step';
import type { FirstPromise } from '../store/supply/tell-first-promise';
import type { AwaitedTransfer } from './awaited-transfer';
import type { ConfirmRequest } from './confirm-request';
import { laterPickup } from './later-pickup';
import type { ToldPromise } from './promised-parts';

/** The confirmation, and beside it what waits for stock. */
export function confirmedMails(
  { order, channelName, stores }: OrderFacts,
  request: ConfirmRequest,
  told: {
    transfer: AwaitedTransfer;
    dates: FirstPromise[];
    promise: ToldPromise | null;
    orderUrl: string;
    confirmationUrl: string;
  },
): NonNullable<OrderStep['mails']> {
  const { lines, shipping } = confirmationOf(order, channelName, stores);
  const there = ordersByDestination(order)[0]!.order;
  const { mode, locationId } = there.delivery;
  const store = mode === 'pickup' && !goesToSeveral(order) ? stores[locationId!] : undefined;
  const about = aboutOrder(order, told.orderUrl);
  const confirmed = mailTo(order, 'orderConfirmed', {
    ...about,
    lines: lines.map(({ sku, title, quantity, total }) => ({ sku, title, quantity, total })),
    shipping,
    total: order.total,
    shippingAddress: destinationOf(there),
    parcelShop: parcelShopOf(there),
    pickup: store ? { locationName: store.name, address: store.address } : null,
    destinations: mailDestinations(order, stores),
    transfer: told.transfer,
    notSupplied: request.givenUp ? mailLines(order, request.givenUp) : null,
    promise: told.promise,
    confirmationUrl: told.confirmationUrl,
  });
  const mails = [{ key: `confirmed:${order.id}`, mail: confirmed }];
  if (request.backordered.length > 0 && !request.isOffered) {
    const waiting = datedMailLines(order, request.backordered, told.dates);
    mails.push({
      key: `backordered:${order.id}`,
      mail: mailTo(order, 'backordered', {
        ...{ ...about, lines: waiting },
        pickup: laterPickup({ order, stores }, request),
      }),
    });
  }
  return mails;
}
