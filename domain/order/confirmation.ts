import { destinationOf } from './destination';
import type { ConfirmationContent } from '../documents';
import { priceOrder } from './totals';
import type { PlacedOrder } from './types';

/** What an order's confirmation says, frozen at the moment at which it is confirmed. */
export function confirmationOf(order: PlacedOrder, seller: string): ConfirmationContent {
  const priced = priceOrder(order);
  return {
    kind: 'orderConfirmation',
    locale: order.customer.locale ?? 'en',
    number: order.number,
    externalReference: order.externalReference,
    placedAt: order.placedAt,
    seller,
    customer: { name: order.customer.name, email: order.customer.email },
    shippingAddress: destinationOf(order),
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
    ...(order.note ? { note: order.note } : {}),
  };
}
