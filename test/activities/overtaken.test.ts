import { listOffers } from '../../store/alternative/list-offers';
import { asking, editTo, preparedAs, type PreparedEdit } from './support/edits';
import { at, atMinute, confirmation, confirmed, delivered, sketched, type Climber } from './support/ladder';
import { standsIn } from './support/late';
import { openWorld, type World } from './support/world';

let world: World;
beforeAll(async () => (world = await openWorld()));
afterAll(() => world?.close());

it('an offer is accepted also when an earlier try of the same takes effect between two looks', async () => {
  const { order, sku } = await confirmed(world, { stock: { alpha: 1 } });
  const other = await standsIn(world, sku, 5);
  const lines = [{ lineId: order.lines[0]!.id, quantity: 2 }];
  const about = { orderId: order.id, round: 1, lines, until: atMinute(900), at };
  await world.activities.offerAlternatives({ ...about, otherwise: 'cancel' });
  const [offer] = await listOffers(world.warehouse.db, order.id);
  const request = {
    ...{ orderId: order.id, offerId: offer!.id, sku: other, round: 2 },
    key: 'answer',
    actor: 'link',
    at,
  };
  const earlier: unknown[] = [];
  const later = world.over({
    async findOffer(id) {
      if (earlier.length === 0) earlier.push(await world.activities.answerOffer(request));
      return world.warehouse.store.findOffer(id);
    },
  });
  const answer = await later.answerOffer(request);
  expect(answer).toMatchObject({ outcome: 'accepted', fulfillments: [{ locationId: 'beta' }] });
  expect(earlier).toEqual([answer]);
  expect(await later.answerOffer({ ...request, key: 'another' })).toMatchObject({ outcome: 'notAllowed' });
});

it('a refused offer has the same follow a second time, though its pieces do not wait any more', async () => {
  const { order, sku } = await confirmed(world, { stock: { alpha: 1 } });
  await standsIn(world, sku, 5);
  const lines = [{ lineId: order.lines[0]!.id, quantity: 2 }];
  const about = { orderId: order.id, round: 1, lines, until: atMinute(900), at };
  await world.activities.offerAlternatives({ ...about, otherwise: 'cancel' });
  const [offer] = await listOffers(world.warehouse.db, order.id);
  const request = { orderId: order.id, offerId: offer!.id, round: 2, actor: 'link', at };
  const refuse = (key = 'answer') => world.activities.answerOffer({ ...request, key });
  const answer = await refuse();
  expect(answer).toMatchObject({ outcome: 'refused', cancel: lines });
  const taken = { orderId: order.id, key: 'refused', lines, reason: 'refused', actor: 'link', at };
  expect(await world.activities.cancelLines(taken)).toMatchObject({ outcome: 'cancelled' });
  expect(await refuse()).toEqual(answer);
  expect(await refuse('another')).toMatchObject({ outcome: 'refused', cancel: [] });
});

it('the last pieces of an order are the whole of it also when it is cancelled by now', async () => {
  const { order } = await confirmed(world, { stock: { alpha: 9 } });
  const lines = order.lines.map(({ id, quantity }) => ({ lineId: id, quantity }));
  const about = { orderId: order.id, reason: 'customerRequest', actor: 'user', at };
  const cancelAll = () => world.activities.cancelLines({ ...about, key: 'all', lines });
  expect(await cancelAll()).toEqual({ outcome: 'whole' });
  await world.activities.cancelOrder({ ...about, decision: 'cancelled' });
  expect(await cancelAll()).toEqual({ outcome: 'whole' });
});

it('an order that is over waits for nothing that a worker tells which stood still meanwhile', async () => {
  const climber = await delivered(world);
  const { order, step } = climber;
  const { recordStep } = world.warehouse.store;
  const tell = () => world.activities.recordDelivery({ ...step, returnBefore: atMinute(9000) });
  await tell();
  expect(await waitsOf(climber)).toEqual(['window']);
  await recordStep({ orderId: order.id, at, status: 'completed', waitsOver: ['*'] });
  await tell();
  expect(await waitsOf(climber)).toEqual([]);
});

it('work that its location has refused since is waited for by nobody, and promised as it was', async () => {
  const climber = await confirmed(world, { stock: { alpha: 9, beta: 9 } });
  const { order, fulfillmentId } = climber;
  const { db, store } = world.warehouse;
  const promised = () => db('order_promises').where({ order_id: order.id, key: 'confirmed' }).pluck('part');
  const lines = order.lines.map(({ id, quantity }) => ({ lineId: id, quantity }));
  await store.rejectFulfillment({ fulfillmentId, reason: 'broken', actor: 'test', at });
  await world.activities.sourceOrder({ orderId: order.id, round: 2, lines, at });
  const waits = await waitsOf(climber);
  expect(await promised()).toEqual([fulfillmentId]);
  await world.activities.confirmOrder(confirmation(climber));
  expect({ waits: await waitsOf(climber), promised: await promised() }).toEqual({
    waits,
    promised: [fulfillmentId],
  });
});

it.each([
  ['it is to be looked at', '-', 1] as const,
  ['nothing is found about it', 'Via Roma 1', 0] as const,
])('an order is told a second time by what it was held at first, when %s', async (_when, line1, holds) => {
  const { order: sketch } = await sketched(world, { stock: { alpha: 9 } });
  const order = { ...sketch, shippingAddress: { ...sketch.shippingAddress, line1 } };
  const record = () => world.activities.recordOrder({ order, at, sources: true });
  const answer = await record();
  expect(answer).toMatchObject({ isHeld: holds > 0, ...(holds > 0 && { holds: [{}] }) });
  const terms = { owner: 'support', until: atMinute(9000), then: 'cancelOrder' as const };
  const hold = { key: 'credit:1', type: 'credit' as const, reason: 'beyond the limit', ...terms };
  await world.activities.placeHold({ orderId: order.id, hold, actor: 'system', at });
  expect(await record()).toEqual(answer);
});

it('what is released a second time leaves the hold alone that came in between', async () => {
  const { order } = await confirmed(world, { stock: { alpha: 9 } });
  const { placeHold, releaseHolds } = world.activities;
  const holdOf = (key: string) => ({
    ...{ key, type: 'manual' as const, reason: 'look', owner: 'support' },
    ...{ until: atMinute(9000), then: 'tellOperations' as const },
  });
  await placeHold({ orderId: order.id, hold: holdOf('first'), actor: 'user', at });
  const release = () =>
    releaseHolds({ orderId: order.id, holds: ['first'], actor: 'user', backTo: 'confirmed', key: '0', at });
  await release();
  await placeHold({ orderId: order.id, hold: holdOf('second'), actor: 'user', at });
  await release();
  const open = await world.warehouse
    .db('order_holds')
    .where({ order_id: order.id, released_at: null })
    .pluck('key');
  expect(open).toEqual(['second']);
  expect(await world.warehouse.db('orders').where('id', order.id).pluck('status')).toEqual(['onHold']);
});

it('each edit tells what it made of the order, also when the next one was first', async () => {
  const climber = await confirmed(world, { stock: { alpha: 9 } });
  const { order } = climber;
  const less = await edit(climber, 'edit-1', 2);
  await edit(climber, 'edit-2', 1);
  await world.activities.giveEditBack({ orderId: order.id, key: 'edit-1', attempt: 1, at });
  await world.activities.giveEditBack({ orderId: order.id, key: 'edit-2', attempt: 1, at });
  const documents = await world.warehouse
    .db('documents')
    .where({ order_id: order.id, kind: 'orderConfirmation' })
    .orderBy('title')
    .pluck('content');
  const pieces = documents.map(({ lines }) => lines.map(({ quantity }: { quantity: number }) => quantity));
  expect(pieces).toEqual([[3], [2], [1]]);
  expect(documents[1].total).toEqual(less.apply.order.total);
});

async function edit(climber: Climber, key: string, quantity: number): Promise<PreparedEdit> {
  const prepared = await preparedAs(world, { ...editTo(climber, quantity), key });
  if (prepared.paymentId !== null)
    await world.activities.authorizeEdit({ ...asking(climber, prepared), key });
  expect(await world.activities.applyEdit(prepared.apply)).toMatchObject({ outcome: 'applied' });
  return prepared;
}

const waitsOf = ({ order }: Climber): Promise<string[]> =>
  world.warehouse.db('order_waits').where({ order_id: order.id }).pluck('key');
