import type { MailRequest, MailTemplate, MailData } from '../mails';
import { destinationOf, goesToSeveral, ordersByDestination } from './destination';
import type { Address, PlacedOrder } from './types';

/** What every mail about an order says. */
export const aboutOrder = (order: PlacedOrder, orderUrl: string) => ({
  orderNumber: order.number,
  customerName: order.customer.name,
  orderUrl,
});

/** Pieces of order lines as mails list them. */
export function mailLines(
  order: PlacedOrder,
  pieces: readonly { lineId: string; quantity: number }[],
): { sku: string; title: string; quantity: number }[] {
  return pieces.map(({ lineId, quantity }) => {
    const line = order.lines.find(({ id }) => id === lineId);
    return { sku: line?.sku ?? lineId, title: line?.title ?? lineId, quantity };
  });
}

/** Each place that an order goes to, where there are several. */
export function mailDestinations(
  order: PlacedOrder,
  stores: Readonly<Record<string, { name: string; address: Address }>>,
): MailData['orderConfirmed']['destinations'] {
  if (!goesToSeveral(order)) return [];
  return ordersByDestination(order).map(({ order: there, lines }) => {
    const { mode, locationId, parcelShop } = there.delivery;
    const store = mode === 'pickup' && locationId !== undefined ? stores[locationId] : undefined;
    return {
      address: store ? { ...store.address, name: there.shippingAddress.name } : destinationOf(there),
      parcelShop: parcelShop?.name ?? null,
      store: store?.name ?? null,
      lines: mailLines(
        order,
        lines.map(({ id, quantity }) => ({ lineId: id, quantity })),
      ),
    };
  });
}

/** To whom a part of an order goes, as a mail says it: only where there is more than one to tell apart. */
export const recipientOf = (order: PlacedOrder): Address | null =>
  goesToSeveral(order) ? destinationOf(order) : null;

/** Lines that wait for stock, each with the date at which it should come where there is one. */
export const datedMailLines = (
  order: PlacedOrder,
  pieces: readonly { lineId: string; quantity: number }[],
  dates: readonly { lineId: string; expectedAt: string | null }[],
) =>
  mailLines(order, pieces).map((line, index) => ({
    ...line,
    expectedAt: dates.find(({ lineId }) => lineId === pieces[index]!.lineId)?.expectedAt ?? null,
  }));

/** A mail to an order's customer in their language. */
export function mailTo<Template extends MailTemplate>(
  order: PlacedOrder,
  template: Template,
  data: MailData[Template],
): MailRequest {
  const { email, locale } = order.customer;
  return { template, to: email, locale: locale ?? 'en', data } as MailRequest;
}
