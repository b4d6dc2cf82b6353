import type { OrderView } from '../../../store/read/order-view';
import type { Outcome } from '../outcome';
import type { Stage } from '../stage';

export interface Story {
  title: string;
  outcome: Outcome | ((order: OrderView) => Outcome);
  /** Acts it out; returns the order as it was last seen. */
  play(stage: Stage): Promise<OrderView>;
}

type Part = OrderView['fulfillments'][number];

const closed = ['cancelled', 'gathered', 'delivered', 'returned'];
export const isOpen = ({ status }: Part): boolean => !closed.includes(status);
const isWork = (part: Part): boolean => part.releasedAt !== null && part.status === 'allocated';

/** Waits until every part that can be worked on is shown to its location. */
export const untilReleased = (stage: Stage, order: OrderView, parts = 1): Promise<OrderView> =>
  stage.until(order, 'work for a location', (now) => now.fulfillments.filter(isWork).length >= parts);

/** Picks, packs and hands over all parts that are to be sent. */
export async function send(stage: Stage, order: OrderView, parts = 1): Promise<OrderView> {
  const released = await untilReleased(stage, order, parts);
  await Promise.all(
    released.fulfillments.filter(isWork).map(async (part) => {
      await stage.pick(part);
      await stage.pack(part);
      await stage.ship(part);
    }),
  );
  return stage.read(order);
}

/** Sends all parts and lets the carrier bring them to the customer. */
export async function deliver(stage: Stage, order: OrderView, parts = 1): Promise<OrderView> {
  const sent = await send(stage, order, parts);
  await bring(stage, sent);
  return untilDelivered(stage, order);
}

export async function bring(stage: Stage, order: OrderView): Promise<void> {
  const shipped = order.fulfillments.filter(({ status }) => status === 'shipped');
  await Promise.all(
    shipped.map((part) => stage.carry(order, part, ['inTransit', 'outForDelivery', 'delivered'])),
  );
}

/** Everything is with the customer, and what was to be captured is. */
export const untilDelivered = (stage: Stage, order: OrderView): Promise<OrderView> =>
  stage.until(
    order,
    'the delivery',
    (now) =>
      now.fulfillments.every((part) => !isOpen(part)) &&
      now.paymentStatus === 'captured' &&
      now.waitingFor.some(({ what }) => what.includes('return window')),
  );

export const untilReturned = (stage: Stage, order: OrderView): Promise<OrderView> =>
  stage.until(order, 'the refund', (now) => now.returns.length > 0 && now.returns.every(isSettled));

/** Nothing was delivered, so that there is no return window to wait for. */
export const untilOver = (stage: Stage, order: OrderView): Promise<OrderView> =>
  stage.until(order, 'its end', ({ status }) => status === 'completed');

const isSettled = ({ status }: { status: string }): boolean => ['refunded', 'rejected'].includes(status);

/** The one part of an order that has only one open. */
export function onlyPart(order: OrderView): Part {
  const open = order.fulfillments.filter(isOpen);
  if (open.length !== 1) throw new Error(`${order.number} has ${open.length} open parts, not one`);
  return open[0]!;
}

/** The usual end: everything delivered and paid. */
export const delivered = (pieces: number, more: Partial<Outcome> = {}): Outcome => ({
  status: 'confirmed',
  pieces: { delivered: pieces },
  captured: 'all',
  ...more,
});
