import fc from 'fast-check';
import type { Sourced } from '../../../../activities/sourcing/source';
import { command, pick, place, some, which } from './command';
import { end } from './cart-commands';
import {
  availableAt,
  shelfOf,
  wayFrom,
  type Cart,
  type Model,
  type Order,
  type Pieces,
  type Waiting,
} from './model';
import { channels, storeOf, timeOf, type Real } from './real';
import { pieces, stockUp } from './shelf-commands';

interface Line {
  lineId: string;
  sku: string;
  quantity: number;
}

const channel = fc.constantFrom(...channels);

const placeOrder = command({
  name: 'placeOrder',
  args: fc.record({
    channel,
    lines: fc.array(fc.record({ sku: place.sku, quantity: some(4) }), { minLength: 1, maxLength: 2 }),
    cart: fc.option(which),
  }),
  async run(model, real, args) {
    const cart = args.cart === null || model.carts.length === 0 ? null : pick(model.carts, args.cart);
    const lines = args.lines.map(({ sku, quantity }) => ({ sku: pick(model.skus, sku), quantity }));
    const order = await record(model, real, { channel: args.channel, lines, cart });
    const usable = cart?.state === 'held' && cart.channel === args.channel ? cart : null;
    await source(model, real, order, { lines: order.lines.map((line) => ({ ...line })), cart: usable });
  },
});

/** What the store has comes from the store, the rest is sent there by the others. */
const placePickup = command({
  name: 'placePickup',
  args: fc.record({ channel, sku: place.sku, quantity: some(5), pieces }),
  async run(model, real, args, ask) {
    const lines = [{ sku: pick(model.skus, args.sku), quantity: args.quantity }];
    await stockUp({ model, real, ask }, lines[0]!.sku, args.pieces);
    const collectedAt = storeOf(model);
    const order = await record(model, real, { channel: args.channel, lines, cart: null, collectedAt });
    await source(model, real, order, { lines: order.lines.map((line) => ({ ...line })), cart: null });
  },
});

/** Many want the last pieces at the same moment, through two processes. */
const rush = command({
  name: 'rush',
  args: fc.record({ channel, sku: place.sku, orders: fc.integer({ min: 2, max: 5 }) }),
  async run(model, real, args) {
    const sku = pick(model.skus, args.sku);
    const orders: Order[] = [];
    for (let count = 0; count < args.orders; count += 1) {
      const lines = [{ sku, quantity: 1 }];
      orders.push(await record(model, real, { channel: args.channel, lines, cart: null }));
    }
    const there = offersTo(model, orders[0]!, null)(sku).reduce((sum, { quantity }) => sum + quantity, 0);
    const answers = await Promise.all(orders.map((order) => real.source(questionOf(model, order))));
    const given = answers.flatMap(({ fulfillments }) => fulfillments).length;
    expect(given).toBe(Math.min(there, orders.length));
    for (const [index, order] of orders.entries()) take(model, order, order.lines, answers[index]!);
    for (const order of orders) await queue(model, real, order);
  },
});

const sourceAgain = command({
  name: 'sourceAgain',
  args: which,
  isPossible: ({ orders }) => orders.some(isToSource),
  async run(model, real, number) {
    const order = pick(model.orders.filter(isToSource), number);
    const lines = order.dropped;
    order.dropped = [];
    await source(model, real, order, { lines, cart: null });
  },
});

/** What one place collects has a way of its own. */
const isToSource = ({ dropped, isGathered }: Order): boolean => dropped.length > 0 && !isGathered;

export async function record(
  model: Model,
  { warehouse }: Real,
  sketch: {
    channel: string;
    lines: { sku: string; quantity: number; destination?: string }[];
    destinations?: string[];
    cart: Cart | null;
    collectedAt?: string;
  },
): Promise<Order> {
  const { cart, collectedAt, ...rest } = sketch;
  const more = {
    ...(cart && { reservationId: cart.id }),
    ...(collectedAt !== undefined && { mode: 'pickup' as const, locationId: collectedAt }),
  };
  const { id, lines } = await warehouse.recordOrder({ ...rest, ...more, at: timeOf(model) });
  const order: Order = {
    ...(collectedAt !== undefined && { collectedAt }),
    ...{ id, channel: sketch.channel, rounds: 0, isCancelled: false, excluded: [], dropped: [] },
    ...{ unsent: [], counts: { waitedPieces: 0, arrivedPieces: 0, givenUpPieces: 0 } },
    lines: lines.map(({ id: lineId, sku, quantity, destination }) => ({
      ...{ lineId, sku, quantity },
      ...(destination !== undefined && { destination }),
    })),
  };
  model.orders.push(order);
  return order;
}

export const questionOf = (model: Model, order: Order, lines?: Line[]) => {
  order.rounds += 1;
  const pieces = lines?.map(({ lineId, quantity }) => ({ lineId, quantity }));
  return { orderId: order.id, round: order.rounds, at: timeOf(model), ...(pieces && { lines: pieces }) };
};

/** What an order may have of a SKU at each place; what its cart holds is its own. */
function offersTo(model: Model, order: Order, cart: Cart | null): (sku: string) => Pieces[] {
  const held = (sku: string, locationId: string) =>
    (cart?.pieces ?? [])
      .filter((each) => each.sku === sku && each.locationId === locationId)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  const offers = model.skus.flatMap((sku) =>
    model.locations
      .filter((locationId) => !order.excluded.includes(locationId))
      .map((locationId) => {
        const available = availableAt(model, sku, locationId, order.channel);
        return { sku, locationId, quantity: available + held(sku, locationId) };
      }),
  );
  return (sku) => offers.filter((each) => each.sku === sku);
}

/** The rules choose where from; how much, and that it was there, can be said without them. */
export async function source(
  model: Model,
  real: Real,
  order: Order,
  { lines, cart }: { lines: Line[]; cart: Cart | null },
): Promise<void> {
  const offersOf = offersTo(model, order, cart);
  const question = questionOf(model, order, lines);
  const [answer, again] = await Promise.all([real.source(question), real.source(question)]);
  expect(again).toEqual(answer);
  for (const sku of model.skus) {
    const wanted = total(lines, sku);
    const given = (locationId: string) =>
      answer.fulfillments
        .filter((each) => each.locationId === locationId)
        .reduce((sum, each) => sum + total(named(each.lines, lines), sku), 0);
    for (const { locationId, quantity } of offersOf(sku))
      expect(given(locationId)).toBeLessThanOrEqual(quantity);
    const there = offersOf(sku).reduce((sum, { quantity }) => sum + quantity, 0);
    expect(total(named(answer.backordered, lines), sku)).toBe(Math.max(0, wanted - there));
    const isWhole = offersOf(sku).some(({ quantity }) => quantity >= wanted);
    if (order.collectedAt !== undefined) {
      const own = offersOf(sku).find(({ locationId }) => locationId === order.collectedAt)?.quantity ?? 0;
      expect(given(order.collectedAt)).toBe(Math.min(own, wanted));
    } else if (isWhole && wanted > 0 && lines.length === 1) expect(answer.fulfillments).toHaveLength(1);
  }
  if (cart) end(model, cart, 'converted');
  take(model, order, lines, answer);
  await queue(model, real, order);
}

const total = (lines: readonly Line[], sku: string): number =>
  lines.filter((line) => line.sku === sku).reduce((sum, { quantity }) => sum + quantity, 0);

export const named = (pieces: { lineId: string; quantity: number }[], lines: Line[]): Line[] =>
  pieces.map((each) => ({ ...each, sku: lines.find(({ lineId }) => lineId === each.lineId)!.sku }));

export function take(model: Model, order: Order, lines: Line[], { fulfillments }: Sourced): void {
  for (const { fulfillmentId, locationId, mode, destination, lines: pieces } of fulfillments) {
    const work = named(pieces, lines);
    const way = wayFrom(locationId, order.collectedAt);
    expect(mode).toBe(way.mode);
    model.works.push({
      ...{ id: fulfillmentId, orderId: order.id, locationId, lines: work, state: 'open', ...way },
      ...(destination !== undefined && { destination }),
    });
    for (const { sku, quantity } of work) shelfOf(model, sku, locationId).allocated += quantity;
  }
}

/** Places in the queue have numbers that only the store can give. */
export async function queue(
  model: Model,
  { warehouse }: Real,
  order: Order,
  moreOf: (line: { lineId: string }) => Partial<Waiting> = () => ({}),
): Promise<void> {
  const waiting = await warehouse
    .db('backorders')
    .where({ order_id: order.id, round: order.rounds })
    .orderBy('id')
    .select<{ id: number; lineId: string; sku: string; open: number }[]>('id', 'sku', 'open', {
      lineId: 'line_id',
    });
  for (const line of waiting)
    model.queue.push({
      ...{ ...line, orderId: order.id, round: order.rounds, channel: order.channel },
      ...{ excluded: [...order.excluded], since: model.minute },
      ...(order.collectedAt !== undefined && { collectedAt: order.collectedAt }),
      ...moreOf(line),
    });
  model.queue.sort((a, b) => a.since - b.since || a.id - b.id);
}

export const orderCommands = [
  ...[placeOrder, placeOrder, placeOrder, rush, sourceAgain],
  ...[placePickup, placePickup],
];
