import type { OrderAnswer } from '../../../api/services/orders';
import { orderTo } from '../../../domain/order/destination';
import { isBefore } from './is-over';

type Wait = OrderAnswer['waitingFor'][number];

/**
 * What an order waits for. Several parts that wait for the same (a location that packs for two addresses) are told as
 * one, and each of them by what it is made of and where it goes.
 */
export function waitsOf(order: OrderAnswer, now: Date, titleOf: (lineId: string) => string) {
  const whats = [...new Set(order.waitingFor.map(({ what }) => what))];
  return whats.map((what) => {
    const alike = order.waitingFor.filter((wait) => wait.what === what);
    const parts = alike.map((wait) => ({
      ...{ since: wait.since, until: wait.until, then: wait.then, isOverdue: isBefore(wait.until, now) },
      ...(alike.length > 1 && { subject: subjectOf(wait, order, titleOf) }),
    }));
    return { what, parts, isOverdue: parts.some(({ isOverdue }) => isOverdue) };
  });
}

/** The part of the page that tells of it, and the words that tell it from others. */
function subjectOf(
  { fulfillmentId, returnId }: Wait,
  order: OrderAnswer,
  titleOf: (lineId: string) => string,
) {
  const part =
    order.fulfillments.find(({ id }) => id === fulfillmentId) ??
    order.returns.find(({ id }) => id === returnId);
  if (!part) return null;
  const goods = part.lines.map(({ lineId, quantity }) => `${quantity} × ${titleOf(lineId)}`).join(', ');
  const to =
    'destination' in part && order.destinations.length > 0
      ? ` for ${orderTo(order, part.destination).shippingAddress.name}`
      : '';
  return { anchor: `${fulfillmentId ? 'part' : 'return'}-${part.id}`, text: goods + to };
}
