import fc from 'fast-check';
import { countWaited } from '../../../../workflows/supply/waiting-counts';
import { command, pick, place, some } from './command';
import { missingOf, waitingOf } from './gathering';
import type { Model, Order, Transfer } from './model';
import { named, queue, questionOf, record, take } from './order-commands';
import { channels, timeOf, type Real } from './real';
import { expectSent, offersOf, sumOf, takeUpTransfers, type Offer } from './sent-pieces';
import { pieces, stockUp } from './shelf-commands';

/**
 * An order of which nothing is divided: one place has all of it, or one collects what the others send, or all of it
 * waits for a place that has it whole. Each place that it goes to is decided, and collected, by itself.
 */
export const placeGathered = command({
  name: 'placeGathered',
  args: fc.record({
    channel: fc.constantFrom(...channels),
    goods: fc.record({ sku: place.sku, quantity: some(6) }),
    gift: fc.option(fc.record({ sku: place.sku, quantity: some(6) })),
    pieces,
  }),
  async run(model, real, { channel, goods, gift, ...args }, ask) {
    const wanted = [goods, ...(gift ? [{ ...gift, destination: 'gift' }] : [])].map((each) => ({
      ...{ ...each, sku: pick(model.skus, each.sku) },
    }));
    for (const sku of new Set(wanted.map((each) => each.sku)))
      await stockUp({ model, real, ask }, sku, args.pieces);
    const destinations = gift ? { destinations: ['gift'] } : {};
    const order = await record(model, real, { channel, lines: wanted, cart: null, ...destinations });
    order.isGathered = true;
    const { db } = real.warehouse;
    await db('orders').where('id', order.id).update({ rule_version: real.gatheringRules });
    const before = new Map(model.skus.map((sku) => [sku, offersOf(model, order, sku)]));
    const question = questionOf(model, order);
    const [answer, again] = await Promise.all([real.source(question), real.source(question)]);
    expect(again).toEqual(answer);
    take(model, order, order.lines, answer);
    const hubs = await readHubs(real, order);
    await queueGathered(model, real, order, answer);
    const about = { orderId: order.id, round: order.rounds, at: timeOf(model) };
    const asked = { ...about, until: timeOf(model), then: 'it waits' };
    const { requestTransfers } = real.warehouse.store;
    const [one, other] = await Promise.all([requestTransfers(asked), requestTransfers(asked)]);
    const made = await takeUpTransfers(model, real, order);
    expect([one.asked, other.asked]).toEqual([made.length, made.length]);
    order.unsent = waitingOf(model, order.id)
      .filter(({ onlyLocation }) => onlyLocation !== undefined)
      .filter((line) => missingOf(model, order.id, [line]) > 0)
      .map(({ lineId }) => lineId);
    expect(one.unsent).toEqual(order.unsent);
    expectNotMore(order, [...before.values()].flat(), made, answer);
    if (!gift) expectWhole(order, { answer, made, there: before.get(order.lines[0]!.sku)!, hubs });
  },
});

type Answer = Awaited<ReturnType<Real['source']>>;

/** What is taken and sent lay there, however many want it, and nothing is lost sight of. */
export function expectNotMore(
  order: Order,
  there: readonly Offer[],
  made: readonly Transfer[],
  { fulfillments, backordered }: Answer,
): void {
  const taken = [
    ...fulfillments.flatMap(({ locationId, lines }) =>
      named(lines, order.lines).map(({ sku, quantity }) => ({ sku, locationId, quantity })),
    ),
    ...made.map(({ sku, from: locationId, quantity }) => ({ sku, locationId, quantity })),
  ];
  for (const { sku, locationId } of taken) {
    const isHere = (each: Offer): boolean => each.sku === sku && each.locationId === locationId;
    expect(sumOf(taken.filter(isHere))).toBeLessThanOrEqual(sumOf(there.filter(isHere)));
  }
  for (const { lineId, quantity, destination } of order.lines) {
    const isOf = (each: { lineId: string }): boolean => each.lineId === lineId;
    const own = fulfillments.filter(({ lines }) => lines.some(isOf));
    expect(own.length).toBeLessThanOrEqual(1);
    for (const each of own) expect(each.destination).toBe(destination);
    const given = sumOf(own.flatMap(({ lines }) => lines.filter(isOf)));
    expect(given + sumOf(backordered.filter(isOf))).toBe(quantity);
  }
}

/** Of an order to one place: as much as one location has, and what the others send to it. */
function expectWhole(
  { lines: [line] }: Order,
  {
    answer,
    made,
    there,
    hubs,
  }: { answer: Answer; made: readonly Transfer[]; there: Offer[]; hubs: string[] },
): void {
  const { quantity } = line!;
  const own = sumOf(answer.fulfillments.flatMap(({ lines }) => lines));
  const isCollected = there.length > 1 && there.every((each) => each.quantity < quantity);
  if (there.some((each) => each.quantity >= quantity)) expect(own).toBe(quantity);
  else expect(own).toBe(isCollected ? Math.max(...there.map((each) => each.quantity)) : 0);
  const hub = answer.fulfillments[0]?.locationId;
  expect(hubs).toEqual(isCollected ? [hub] : []);
  const others = there.filter(({ locationId }) => locationId !== hub);
  expectSent(made, others, isCollected ? Math.min(quantity - own, sumOf(others)) : 0);
}

/** Where lines of its last round are collected. */
const readHubs = async ({ warehouse: { db } }: Real, { id, rounds }: Order): Promise<string[]> =>
  db('backorders')
    .where({ order_id: id, round: rounds })
    .whereNotNull('only_location')
    .orderBy('only_location')
    .distinct()
    .pluck('only_location');

/** Who may supply a line that waits is for the rules to say; that it is kept to is not. */
export async function queueGathered(
  model: Model,
  real: Real,
  order: Order,
  { backordered }: Answer,
  sinceOf: (lineId: string) => number = () => model.minute,
): Promise<void> {
  const { rounds: round } = order;
  const rows: { line_id: string; only_location: string | null; is_whole: boolean | null }[] =
    await real.warehouse
      .db('backorders')
      .where({ order_id: order.id, round })
      .select('line_id', 'only_location', real.warehouse.db.raw(`(terms -> 'isWhole')::bool AS is_whole`));
  await queue(model, real, order, ({ lineId }) => {
    const { only_location: onlyLocation, is_whole: isWhole } = rows.find((row) => row.line_id === lineId)!;
    const { destination } = order.lines.find((line) => line.lineId === lineId)!;
    return {
      ...(destination !== undefined && { destination }),
      ...(onlyLocation !== null && { onlyLocation }),
      ...(isWhole && { isWhole }),
      since: sinceOf(lineId),
    };
  });
  countWaited(
    order.counts,
    backordered.map(({ destination, quantity }) => ({ round, destination, quantity })),
  );
}
