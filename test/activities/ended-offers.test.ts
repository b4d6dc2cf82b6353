import { listOffers } from '../../store/alternative/list-offers';
import { at, atMinute, confirmation, confirmed, packing } from './support/ladder';
import { cheaper, offeredForLate, standsIn } from './support/late';
import { openWorld, type World } from './support/world';

let world: World;
beforeAll(async () => (world = await openWorld()));
afterAll(() => world?.close());

/** Two of three pieces wait, and the customer may choose something else for them. */
async function offered() {
  const climber = await confirmed(world, { stock: { alpha: 1 } });
  const { order, sku } = climber;
  const other = await standsIn(world, sku, 9, cheaper);
  const lineId = order.lines[0]!.id;
  await world.activities.offerAlternatives({
    ...{ orderId: order.id, round: 1, lines: [{ lineId, quantity: 2 }], otherwise: 'cancel' as const },
    ...{ until: atMinute(900), at },
  });
  const [offer] = await listOffers(world.warehouse.db, order.id);
  const about = { orderId: order.id, offerId: offer!.id, key: 'answer', actor: 'link', round: 2, at };
  return { order, sku, other, lineId, about };
}
type Offered = Awaited<ReturnType<typeof offered>>;

const offerOf = async ({ order }: Pick<Offered, 'order'>) =>
  (await listOffers(world.warehouse.db, order.id))[0]!;
const waitsOf = ({ order }: Offered): Promise<string[]> =>
  world.warehouse.db('order_waits').where('order_id', order.id).orderBy('key').pluck('key');
const cancel = ({ order, lineId }: Offered, quantity: number) =>
  world.activities.cancelLines({
    ...{ orderId: order.id, key: 'fewer', reason: 'fewer', actor: 'test', at },
    lines: [{ lineId, quantity }],
  });
const prepare = ({ order }: Offered, edit: object) =>
  world.activities.prepareEdit({
    ...{ orderId: order.id, key: 'edit', actor: 'test', edit, at, until: atMinute(900) },
  });
async function edited(made: Offered, edit: object): Promise<void> {
  const prepared = await prepare(made, edit);
  if (prepared.outcome !== 'ready') throw new Error(JSON.stringify(prepared));
  expect(await world.activities.applyEdit(prepared.apply)).toMatchObject({ outcome: 'applied' });
}

test('pieces that are cancelled end the offer of them, with the reason in the story and the answer to who accepts', async () => {
  const made = await offered();
  expect(await cancel(made, 2)).toMatchObject({ outcome: 'cancelled' });
  expect(await offerOf(made)).toMatchObject({
    ...{ status: 'withdrawn', endedBecause: 'linesCancelled', quantity: 2, answeredBy: 'test' },
  });
  expect(await waitsOf(made)).not.toContain('offer');
  const told = await world.activities.answerOffer({ ...made.about, sku: made.other });
  expect(told).toMatchObject({ outcome: 'notAllowed', because: expect.stringContaining('were cancelled') });
  expect(await world.activities.answerOffer(made.about)).toMatchObject({ outcome: 'notAllowed' });
  const types: string[] = await world.warehouse
    .db('order_events')
    .where('order_id', made.order.id)
    .pluck('type');
  expect(types).toContain('alternativeWithdrawn');
});

test('fewer pieces end it as well, and what is left of them is offered anew to who asks', async () => {
  const made = await offered();
  await edited(made, { lines: [{ lineId: made.lineId, quantity: 2 }] });
  expect(await offerOf(made)).toMatchObject({ status: 'withdrawn', endedBecause: 'edited' });
  // What was to follow without an answer still follows for the piece that is left.
  expect(await waitsOf(made)).toContain('offer');
  const [wait] = await world.warehouse.db('order_waits').where({ order_id: made.order.id, key: 'offer' });
  expect(wait).toMatchObject({ what: expect.stringContaining('what was offered for them has ended') });
  expect(wait).toMatchObject({ then_what: expect.stringContaining('cancelled') });
  await world.activities.offerAlternatives({
    ...{ orderId: made.order.id, round: 1, lines: [], otherwise: 'cancel' as const },
    ...{ askedBy: { key: 'again', actor: 'link' }, until: atMinute(900), at: atMinute(95) },
  });
  const offers = await listOffers(world.warehouse.db, made.order.id);
  // The newest first.
  expect(offers).toMatchObject([{ status: 'open', quantity: 1 }, { status: 'withdrawn' }]);
});

/** Each of two lines waits for a piece, and for the first something else may be chosen. */
async function offeredForOne() {
  const { warehouse, activities } = world;
  const [sku, another] = [await warehouse.freshSku(), await warehouse.freshSku()];
  const lines = [sku, another].map((each) => ({ sku: each, quantity: 1 }));
  const order = warehouse.sketchOrder({ lines });
  await activities.recordOrder({ order, at });
  const sourced = await activities.sourceOrder({ orderId: order.id, round: 1, at });
  await activities.authorizePayments({ orderId: order.id, orderNumber: order.number, at });
  const step = { orderId: order.id, fulfillmentId: '', at };
  await activities.confirmOrder(confirmation({ order, sku, sourced, fulfillmentId: '', step }));
  const other = await standsIn(world, sku, 9, cheaper);
  const lineId = order.lines[0]!.id;
  await activities.offerAlternatives({
    ...{ orderId: order.id, round: 1, lines: [{ lineId, quantity: 1 }], otherwise: 'backorder' as const },
    ...{ until: atMinute(900), at },
  });
  const [offer] = await listOffers(warehouse.db, order.id);
  const about = { orderId: order.id, offerId: offer!.id, key: 'answer', actor: 'link', round: 2, at };
  return { order, sku, other, lineId, about };
}

test('nobody waits for the answer to an offer whose pieces have come, or are cancelled, while others wait', async () => {
  const supplied = await offeredForOne();
  expect(await waitsOf(supplied)).toEqual(expect.arrayContaining(['backorder', 'offer']));
  await world.warehouse.receive(supplied.sku, 'alpha', 1);
  expect(await offerOf(supplied)).toMatchObject({ status: 'withdrawn', endedBecause: 'supplied' });
  const left = await waitsOf(supplied);
  expect([left.includes('offer'), left.includes('backorder')]).toEqual([false, true]);
  const cancelled = await offeredForOne();
  expect(await cancel(cancelled, 1)).toMatchObject({ outcome: 'cancelled' });
  expect(await waitsOf(cancelled)).not.toContain('offer');
});

test('an edit that leaves the pieces as they are leaves the offer, which is taken as it was told', async () => {
  const made = await offered();
  const { shippingAddress } = made.order;
  await edited(made, { shippingAddress: { ...shippingAddress, line1: 'Via Nuova 7' } });
  expect(await offerOf(made)).toMatchObject({ status: 'open', quantity: 2, endedBecause: null });
  expect(await waitsOf(made)).toContain('offer');
  expect(await world.activities.answerOffer({ ...made.about, sku: made.other })).toMatchObject({
    outcome: 'accepted',
  });
  const { order } = (await world.warehouse.store.readOrderFacts(made.order.id))!;
  expect(order.shippingAddress.line1).toBe('Via Nuova 7');
});

test('a line that is sourced again, pieces that are given up, an order that is cancelled: each says so', async () => {
  const again = await offered();
  await world.activities.withdrawBackorders({ orderId: again.order.id, round: 2, actor: 'test', at });
  expect(await offerOf(again)).toMatchObject({ status: 'withdrawn', endedBecause: 'sourcedAgain' });
  expect(await waitsOf(again)).not.toContain('offer');
  const lapsed = await offered();
  await world.activities.giveUpBackorders({ orderId: lapsed.order.id, at });
  expect(await offerOf(lapsed)).toMatchObject({ status: 'withdrawn', endedBecause: 'givenUp' });
  const over = await offered();
  await world.activities.cancelOrder({
    ...{ orderId: over.order.id, reason: 'customerRequest', actor: 'test', decision: 'cancelled', at },
  });
  expect(await offerOf(over)).toMatchObject({ status: 'withdrawn', endedBecause: 'orderCancelled' });
});

test('pieces at work that are cancelled end the offer of them; packed ones end it by that', async () => {
  const made = await offeredForLate(world);
  const { order, fulfillmentId } = made;
  const lines = [{ lineId: order.lines[0]!.id, quantity: 1, fulfillmentId }];
  const about = { orderId: order.id, key: 'fewer', lines, reason: 'fewer', actor: 'test', at };
  expect(await world.activities.cancelLines(about)).toMatchObject({ outcome: 'cancelled' });
  expect(await offerOf(made)).toMatchObject({ status: 'withdrawn', endedBecause: 'linesCancelled' });
  const packed = await offeredForLate(world);
  await world.warehouse.store.packFulfillment(packing(packed));
  expect(await offerOf(packed)).toMatchObject({ status: 'withdrawn', endedBecause: 'packed' });
});

test('who accepts and who edits or cancels at once: the database lets one of them', async () => {
  for (let round = 0; round < 6; round += 1) {
    const made = await offered();
    const take = () => world.activities.answerOffer({ ...made.about, sku: made.other });
    const prepared = await prepare(made, { lines: [{ lineId: made.lineId, quantity: 1 }] });
    if (prepared.outcome !== 'ready') throw new Error(JSON.stringify(prepared));
    const change = async () =>
      round < 3 ? await world.activities.applyEdit(prepared.apply) : await cancel(made, 2);
    const [first, second] = round % 2 === 0 ? [take, change] : [change, take];
    const both = await Promise.all([first(), second()] as Promise<{ outcome: string }>[]);
    const [taken, changed] = round % 2 === 0 ? both : [...both].reverse();
    const isTaken = taken!.outcome === 'accepted';
    expect(['applied', 'cancelled'].includes(changed!.outcome)).toBe(!isTaken);
    expect((await offerOf(made)).status).toBe(isTaken ? 'accepted' : 'withdrawn');
    const { order } = (await world.warehouse.store.readOrderFacts(made.order.id))!;
    expect(order.lines.length).toBe(isTaken ? 2 : 1);
    const { allocated } = await world.warehouse
      .db('stock')
      .where({ sku: made.other, location_id: 'beta' })
      .first('allocated');
    expect(allocated).toBe(isTaken ? 2 : 0);
  }
});
