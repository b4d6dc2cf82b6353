import fc from 'fast-check';
import type { ActivityDependencies } from '../../../../activities/dependencies';
import { createSendInstead } from '../../../../activities/send-instead';
import { command, pick, place, some, which } from './command';
import { callOff, isAwaited, missingOf, waitingOf } from './gathering';
import { availableAt, orderOf, shelfOf, type Model, type Order, type Transfer } from './model';
import { named, queue, questionOf, record, take } from './order-commands';
import { channels, timeOf, type Real } from './real';
import { pieces, stockUp } from './shelf-commands';

/**
 * An order of which nothing is divided: one place has all of it, or one collects what the others send, or all of it
 * waits for a place that has it whole.
 */
const placeGathered = command({
  name: 'placeGathered',
  args: fc.record({ channel: fc.constantFrom(...channels), sku: place.sku, quantity: some(6), pieces }),
  async run(model, real, args, ask) {
    const sku = pick(model.skus, args.sku);
    await stockUp({ model, real, ask }, sku, args.pieces);
    const { quantity } = args;
    const order = await record(model, real, {
      ...{ channel: args.channel, lines: [{ sku, quantity }], cart: null },
    });
    order.isGathered = true;
    const { db } = real.warehouse;
    await db('orders').where('id', order.id).update({ rule_version: real.gatheringRules });
    const there = offersOf(model, order, sku);
    const question = questionOf(model, order);
    const [answer, again] = await Promise.all([real.source(question), real.source(question)]);
    expect(again).toEqual(answer);
    take(model, order, order.lines, answer);
    const given = named(
      answer.fulfillments.flatMap(({ lines }) => lines),
      order.lines,
    );
    const own = given.reduce((sum, line) => sum + line.quantity, 0);
    const isCollected = there.length > 1 && there.every((each) => each.quantity < quantity);
    if (there.some((each) => each.quantity >= quantity)) expect(own).toBe(quantity);
    else expect(own).toBe(isCollected ? Math.max(...there.map((each) => each.quantity)) : 0);
    const hub = answer.fulfillments[0]?.locationId;
    await queue(model, real, order, isCollected ? { onlyLocation: hub } : { isWhole: true });
    const about = { orderId: order.id, round: order.rounds, at: timeOf(model) };
    const asked = { ...about, until: timeOf(model), then: 'it waits' };
    const { requestTransfers } = real.warehouse.store;
    const counts = await Promise.all([requestTransfers(asked), requestTransfers(asked)]);
    const made = await takeUpTransfers(model, real, order);
    expect(counts).toEqual([made.length, made.length]);
    const short = quantity - own;
    const others = there.filter(({ locationId }) => locationId !== hub);
    expectSent(made, others, isCollected ? Math.min(short, sumOf(others)) : 0);
  },
});

interface Offer {
  locationId: string;
  quantity: number;
}

const offersOf = (model: Model, { channel, excluded }: Order, sku: string): Offer[] =>
  model.locations
    .filter((locationId) => !excluded.includes(locationId))
    .map((locationId) => ({ locationId, quantity: availableAt(model, sku, locationId, channel) }))
    .filter(({ quantity }) => quantity > 0);

const sumOf = (offers: readonly { quantity: number }[]): number =>
  offers.reduce((sum, { quantity }) => sum + quantity, 0);

/** As much as is missing, and nobody sends more than he has. */
function expectSent(made: readonly Transfer[], offers: readonly Offer[], pieces: number): void {
  expect(sumOf(made)).toBe(pieces);
  for (const { from, quantity } of made)
    expect(quantity).toBeLessThanOrEqual(offers.find(({ locationId }) => locationId === from)?.quantity ?? 0);
}

/** Transfers that were asked for an order and that the model does not know yet. */
async function takeUpTransfers(
  model: Model,
  { warehouse: { db } }: Real,
  { id: orderId }: Order,
): Promise<Transfer[]> {
  const answer = await db.raw<{ rows: Transfer[] }>(
    `SELECT t.id, l.sku, t.from_location_id AS "from", t.to_location_id AS "to", l.quantity, 0 AS "underWay",
            t.status AS state, b.order_id AS "orderId", array_agg(b.id ORDER BY b.id) AS "awaitedBy"
     FROM stock_transfers AS t JOIN stock_transfer_lines AS l ON l.transfer_id = t.id
     JOIN awaited_transfers AS a ON a.transfer_id = t.id JOIN backorders AS b ON b.id = a.backorder_id
     WHERE b.order_id = ? AND NOT t.id = ANY (?)
     GROUP BY t.id, l.sku, l.quantity, b.order_id ORDER BY t.id`,
    [orderId, model.transfers.map(({ id }) => id)],
  );
  for (const made of answer.rows) {
    expect(made.state).toBe('requested');
    made.awaitedBy = made.awaitedBy!.map(Number);
    shelfOf(model, made.sku, made.from).allocated += made.quantity;
    model.transfers.push(made);
  }
  return answer.rows;
}

/** What does not come is asked of whoever else has it, and never of who refused. */
const sendInstead = command({
  name: 'sendInstead',
  args: which,
  isPossible: ({ missed }) => missed.length > 0,
  async run(model, real, number) {
    const news = pick(model.missed, number);
    model.missed = model.missed.filter((each) => each !== news);
    const { round, ...about } = news;
    const order = orderOf(model, news);
    const lines = waitingOf(model, order.id).filter((line) =>
      model.transfers.find(({ id }) => id === news.transferId)!.awaitedBy!.includes(line.id),
    );
    const missing = lines.length > 0 ? missingOf(model, order.id) : 0;
    const { sendInstead: send } = createSendInstead({
      store: real.warehouse.store,
    } as unknown as ActivityDependencies);
    const question = { ...about, rounds: [round], at: timeOf(model) };
    const offers =
      missing > 0
        ? offersOf(model, order, lines[0]!.sku).filter(
            ({ locationId }) => locationId !== lines[0]!.onlyLocation,
          )
        : [];
    const [one, other] = await Promise.all([send(question), send(question)]);
    const made = await takeUpTransfers(model, real, order);
    expect(one.asked).toBe(made.length);
    if (missing > 0) expect(other).toEqual(one);
    expectSent(made, offers, Math.min(missing, sumOf(offers)));
  },
});

/** What has not left is called off, and its pieces are free. */
const giveUpTransfers = command({
  name: 'giveUpTransfers',
  args: which,
  isPossible: ({ transfers }) => transfers.some(isAwaited),
  async run(model, real, number) {
    const { orderId } = pick(model.transfers.filter(isAwaited), number);
    const question = { orderId: orderId!, at: timeOf(model) };
    const { store } = real.warehouse;
    await Promise.all([store.giveUpTransfers(question), store.giveUpTransfers(question)]);
    callOff(model, orderId!);
  },
});

export const gatheringCommands = [
  ...[placeGathered, placeGathered, placeGathered],
  ...[sendInstead, sendInstead, giveUpTransfers],
];
