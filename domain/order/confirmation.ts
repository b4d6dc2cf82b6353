import { destinationOf, goesToSeveral, ordersByDestination } from './destination';
import type { ConfirmationContent } from '../documents';
import { mailLines } from './mail-parts';
import { priceOrder } from './totals';
import type { Address, PlacedOrder } from './types';

/**
 * What an order's confirmation says, frozen at the moment at which it is confirmed.
 *
 * @param givenUp pieces of its lines that nobody supplies
 */
export function confirmationOf(
  order: PlacedOrder,
  seller: string,
  stores: Stores,
  givenUp: readonly { lineId: string; quantity: number }[] = [],
): ConfirmationContent {
  const priced = priceOrder(order);
  const [first] = ordersByDestination(order);
  return {
    kind: 'orderConfirmation',
    locale: order.customer.locale ?? 'en',
    number: order.number,
    externalReference: order.externalReference,
    placedAt: order.placedAt,
    seller,
    customer: { name: order.customer.name, email: order.customer.email },
    shippingAddress: destinationOf(first!.order),
    ...(goesToSeveral(order) && { destinations: destinationsOf(order, stores) }),
    billingAddress: order.billingAddress ?? order.shippingAddress,
    lines: order.lines
      .map((line, index) => ({
        sku: line.sku,
        title: line.title,
        quantity: line.quantity,
        unitPrice: line.unitPrice,
        discount: line.discount,
        taxRateBps: line.taxRateBps,
        total: priced.lines[index]!.gross,
      }))
      // Of what was replaced as a whole there is nothing left to confirm.
      .filter(({ quantity }) => quantity > 0),
    shipping: { method: order.shipping.method, price: priced.shipping.gross },
    taxes: priced.taxes,
    tenders: order.tenders.map(({ method, amount }) => ({ method, amount })),
    total: order.total,
    ...(givenUp.length > 0 && { notSupplied: mailLines(order, givenUp) }),
    ...(order.note ? { note: order.note } : {}),
  };
}

/** By id, the stores at which something of an order is collected. */
type Stores = Readonly<Record<string, { name: string; address: Address }>>;

const destinationsOf = (order: PlacedOrder, stores: Stores): ConfirmationContent['destinations'] =>
  ordersByDestination(order).map(({ destination, order: there, lines }) => {
    const { mode, locationId } = there.delivery;
    const store = mode === 'pickup' && locationId !== undefined ? stores[locationId] : undefined;
    const price = order.destinations?.find(({ id }) => id === destination)?.shipping?.price;
    return {
      address: store ? { ...store.address, name: there.shippingAddress.name } : destinationOf(there),
      ...(store && { store: store.name }),
      method: there.shipping.method,
      ...(price && { price }),
      lines: lines.map(({ title, quantity }) => ({ title, quantity })),
    };
  });
