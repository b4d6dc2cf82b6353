import type { MailRequest, MailTemplate, MailData } from '../mails';
import type { PlacedOrder } from './types';

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
