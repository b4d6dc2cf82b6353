import type { ConfirmationContent } from '../../domain/documents';
import type { MailData } from '../../domain/mails';
import {
  destinationOf,
  goesToSeveral,
  ordersByDestination,
  parcelShopOf,
} from '../../domain/order/destination';
import { mailDestinations } from '../../domain/order/mail-parts';
import type { OrderFacts } from '../../store/order/read-order-facts';

type Placed = Pick<OrderFacts, 'order' | 'stores'>;

/** The store at which all of an order is collected; null where it is not, or at several places. */
export function storeOf({ order, stores }: Placed): OrderFacts['stores'][string] | null {
  const { mode, locationId } = ordersByDestination(order)[0]!.order.delivery;
  if (mode !== 'pickup' || goesToSeveral(order)) return null;
  return stores[locationId!] ?? null;
}

/** What mails say of an order as its confirmation has it. */
export function asConfirmed({ order, stores }: Placed, { lines, shipping }: ConfirmationContent) {
  const there = ordersByDestination(order)[0]!.order;
  const store = storeOf({ order, stores });
  return {
    lines: lines.map(({ sku, title, quantity, total }) => ({ sku, title, quantity, total })),
    ...{ shipping, total: order.total },
    ...{ shippingAddress: destinationOf(there), parcelShop: parcelShopOf(there) },
    pickup: store && { locationName: store.name, address: store.address },
    destinations: mailDestinations(order, stores),
  } satisfies Partial<MailData['orderConfirmed']>;
}
