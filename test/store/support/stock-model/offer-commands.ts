import fc from 'fast-check';
import { listOffers } from '../../../../store/alternative/list-offers';
import { command, pick, place, some, which } from './command';
import { availableAt, orderOf, type Model, type Offer, type Order, type Waiting } from './model';
import { record, source, take } from './order-commands';
import { pieces, stockUp } from './shelf-commands';
import { actor, channels, timeOf, type Real } from './real';

const later = 500;

const isOfferable = (model: Readonly<Model>, line: Waiting): boolean => {
  const { isGathered, collectedAt } = orderOf(model, line);
  return !isGathered && collectedAt === undefined;
};

/** Each of the two products stands in for the other, and never for what stands in for it. */
const standInFor = (model: Readonly<Model>, sku: string): string => model.skus.find((each) => each !== sku)!;
const whatWas = ({ lines }: Order, lineId: string): string | undefined =>
  lines.find((line) => line.lineId === lineId)!.insteadOf;

const placesOf = (model: Model, order: Order, sku: string) =>
  model.locations
    .filter((locationId) => !order.excluded.includes(locationId))
    .map((locationId) => ({ locationId, has: availableAt(model, sku, locationId, order.channel) }));
const thereIs = (model: Model, order: Order, sku: string): number =>
  placesOf(model, order, sku).reduce((sum, { has }) => sum + has, 0);

/** Still waits, and all of it could be had of what was offered. */
const isAcceptable = (model: Model, offer: Offer): boolean => {
  const waiting = model.queue.find((each) => isOf(offer, each));
  return (
    offer.state === 'open' &&
    waiting !== undefined &&
    thereIs(model, orderOf(model, offer), offer.sku) >= waiting.open
  );
};

/** Most of the time one for which it is so, where there is any: what is refused at once tries nothing further. */
const pickMostly = <T>(from: readonly T[], isSo: (each: T) => boolean, number: number): T => {
  const good = number % 4 === 0 ? [] : from.filter(isSo);
  return pick(good.length > 0 ? good : from, Math.floor(number / 4));
};

const isOf = (
  { lineId, round }: { lineId: string; round: number },
  each: { lineId: string; round: number },
): boolean => lineId === each.lineId && round === each.round;

/** Something else came in, and who waits asks for it. */
const offerInstead = command({
  name: 'offerInstead',
  args: fc.record({ line: which, pieces }),
  isPossible: (model) => model.queue.some((line) => isOfferable(model, line)),
  async run(model, real, args, ask) {
    const line = pickMostly(
      model.queue.filter((each) => isOfferable(model, each)),
      (each) => whatWas(orderOf(model, each), each.lineId) === undefined,
      args.line,
    );
    await stockUp({ model, real, ask }, standInFor(model, line.sku), args.pieces);
    await offer(model, real, line);
  },
});

/** Somebody wants more than there is, while there is of the other. */
const offerAtOnce = command({
  name: 'offerAtOnce',
  args: fc.record({ channel: fc.constantFrom(...channels), sku: place.sku, short: some(3), pieces }),
  async run(model, real, args, ask) {
    const sku = pick(model.skus, args.sku);
    await stockUp({ model, real, ask }, standInFor(model, sku), args.pieces);
    const there = model.locations.reduce((sum, at) => sum + availableAt(model, sku, at, args.channel), 0);
    const lines = [{ sku, quantity: there + args.short }];
    const order = await record(model, real, { channel: args.channel, lines, cart: null });
    await source(model, real, order, { lines: order.lines.map((line) => ({ ...line })), cart: null });
    await offer(
      model,
      real,
      model.queue.find(({ orderId }) => orderId === order.id)!,
    );
  },
});

/** It is offered where all that waits of the line could be had. */
async function offer(model: Model, real: Real, waiting: Waiting): Promise<void> {
  const { lineId, round, sku, open } = waiting;
  const order = orderOf(model, waiting);
  const other = standInFor(model, sku);
  const isThere = whatWas(order, lineId) !== other && thereIs(model, order, other) >= open;
  const known = model.offers.some((each) => each.state === 'open' && isOf(each, waiting));
  const question = {
    ...{ orderId: order.id, round, lines: [], otherwise: 'backorder' as const },
    askedBy: { key: real.nameOf('instead'), actor, lineIds: [lineId] },
    ...{ until: timeOf({ ...model, minute: model.minute + later }), at: timeOf(model) },
  };
  const [first, again] = [
    await real.alternatives.offerAlternatives(question),
    await real.alternatives.offerAlternatives(question),
  ];
  expect([...again.offered].sort()).toEqual([...first.offered].sort());
  expect(first.offered.includes(lineId)).toBe(isThere || known);
  if (!isThere || known) return;
  const offers = await listOffers(real.warehouse.db, order.id);
  const made = offers.find(
    (each) => each.status === 'open' && each.lineId === lineId && each.round === round,
  );
  expect(made).toMatchObject({ quantity: open, options: [{ sku: other }] });
  model.offers.push({ id: made!.id, orderId: order.id, lineId, round, sku: other, state: 'open' });
}

/** All that still waits is replaced, or nothing: as much as there is by now. */
const acceptOffer = command({
  name: 'acceptOffer',
  args: which,
  isPossible: ({ offers }) => offers.length > 0,
  async run(model, real, number, ask) {
    const offer = pickMostly(model.offers, (each) => isAcceptable(model, each), number);
    const order = orderOf(model, offer);
    const waiting = model.queue.find((each) => isOf(offer, each));
    const quantity = waiting?.open ?? 0;
    const places = placesOf(model, order, offer.sku);
    const isThere = quantity > 0 && thereIs(model, order, offer.sku) >= quantity;
    const question = {
      ...{ orderId: order.id, offerId: offer.id, key: real.nameOf('accept'), sku: offer.sku, actor },
      ...{ round: order.rounds + 1, at: timeOf(model) },
    };
    const expected = offer.state === 'open' && isThere ? 'accepted' : 'notAllowed';
    const answer = await ask(() => real.alternatives.answerOffer(question), expected);
    if (answer.outcome !== 'accepted') return;
    expect(answer).toMatchObject({ lineId: offer.lineId, shortIn: offer.round, quantity });
    const { fulfillments } = answer;
    const given = (at: string): number =>
      fulfillments
        .filter(({ locationId }) => locationId === at)
        .reduce((sum, { lines }) => sum + lines.reduce((all, each) => all + each.quantity, 0), 0);
    for (const { locationId, has } of places) expect(given(locationId)).toBeLessThanOrEqual(has);
    const [lineId] = fulfillments.flatMap(({ lines }) => lines.map((line) => line.lineId));
    expect(lineId).not.toBe(offer.lineId);
    order.rounds += 1;
    offer.state = 'over';
    model.queue = model.queue.filter((each) => each !== waiting);
    const line = order.lines.find((each) => each.lineId === offer.lineId)!;
    line.quantity -= quantity;
    order.lines.push({ lineId: lineId!, sku: offer.sku, quantity, insteadOf: line.sku });
    take(model, order, order.lines, { fulfillments } as Parameters<typeof take>[3]);
    expect(fulfillments.reduce((sum, { locationId }) => sum + given(locationId), 0)).toBe(quantity);
  },
});

/** Often enough for offers to be accepted in a good part of the runs: each needs one that was made, and stock that stayed. */
export const offerCommands = [
  ...[offerInstead, offerInstead, offerAtOnce, offerAtOnce, offerAtOnce, offerAtOnce],
  ...Array.from({ length: 8 }, () => acceptOffer),
];
