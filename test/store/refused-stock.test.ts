import { createSourceActivities } from '../../activities/sourcing/source';
import type { ActivityDependencies } from '../../activities/dependencies';
import { listLedger } from '../../store/stock/list-ledger';
import { readTimeline } from '../../store/read/read-timeline';
import { atMinute, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => (warehouse = await openWarehouse()));
afterAll(() => warehouse?.close());

const by = { actor: 'anna', at: atMinute(60) };

async function released(lines: { sku: string; quantity: number }[]) {
  const order = await warehouse.recordOrder({ lines });
  const { fulfillments } = await warehouse.source(order);
  const [first] = fulfillments;
  await warehouse.release(order, [first!.fulfillmentId]);
  return { order, fulfillmentId: first!.fulfillmentId };
}
async function levelAt(sku: string, locationId: string) {
  const levels = await warehouse.db('stock').where({ sku, location_id: locationId }).first();
  return { onHand: levels.on_hand, unsellable: levels.unsellable, allocated: levels.allocated };
}
async function storyOf(orderId: string) {
  const { items } = await readTimeline(warehouse.db, { orderId, limit: 50 });
  return items.find(({ type }) => type === 'fulfillmentRejected');
}

test('what is not there is counted away, and what other orders hold stays', async () => {
  const sku = await warehouse.freshSku();
  await warehouse.receive(sku, 'gamma', 5);
  await released([{ sku, quantity: 1 }]);
  const { order, fulfillmentId } = await released([{ sku, quantity: 2 }]);
  const waiting = await warehouse.recordOrder({ lines: [{ sku, quantity: 9 }] });
  await warehouse.source(waiting);
  const refusal = { ...by, fulfillmentId, reason: 'outOfStock', text: 'shelf is empty' };
  for (let time = 1; time <= 2; time += 1)
    expect(await warehouse.store.rejectFulfillment(refusal)).toMatchObject({ outcome: 'done' });
  // One held by the first order, and two by who waits: it had them before.
  expect(await levelAt(sku, 'gamma')).toEqual({ onHand: 3, unsellable: 0, allocated: 3 });
  const { items } = await listLedger(warehouse.db, { sku, locationId: 'gamma', limit: 50 });
  expect(items.filter(({ cause }) => cause === 'count')).toEqual([
    expect.objectContaining({ onHand: -2, actor: 'anna', reason: 'not in stock: shelf is empty' }),
  ]);
  expect(await storyOf(order.id)).toMatchObject({
    data: { code: 'outOfStock', finding: 'missing', skus: [sku], reason: 'not in stock: shelf is empty' },
  });
});

test('what is damaged is put aside, and the order does not come back', async () => {
  const sku = await warehouse.freshSku();
  await warehouse.receive(sku, 'gamma', 5);
  const { order, fulfillmentId } = await released([{ sku, quantity: 2 }]);
  await warehouse.store.rejectFulfillment({ ...by, fulfillmentId, reason: 'damaged' });
  expect(await levelAt(sku, 'gamma')).toEqual({ onHand: 5, unsellable: 2, allocated: 0 });
  const { fulfillments, backordered } = await warehouse.source(order, 2);
  expect(fulfillments).toEqual([]);
  expect(backordered).toMatchObject([{ quantity: 2 }]);
});

test('pieces of a line that lost two places are sourced again as one', async () => {
  const sku = await warehouse.freshSku();
  const order = await warehouse.recordOrder({ lines: [{ sku, quantity: 3 }] });
  await warehouse.receive(sku, 'alpha', 1);
  const lineId = order.lines[0]!.id;
  const lines = [2, 1].map((quantity) => ({ lineId, quantity }));
  const { sourceOrder } = createSourceActivities({ store: warehouse.store } as ActivityDependencies);
  const sourced = await sourceOrder({ orderId: order.id, round: 1, lines, at: by.at });
  expect(sourced.fulfillments).toMatchObject([{ locationId: 'alpha', lines: [{ lineId, quantity: 1 }] }]);
  expect(sourced.backordered).toEqual([{ lineId, quantity: 2 }]);
});

test('with several SKUs the lines are named, and only theirs are corrected', async () => {
  const [here, gone] = [await warehouse.freshSku(), await warehouse.freshSku()];
  for (const sku of [here, gone]) await warehouse.receive(sku, 'gamma', 4);
  const { order, fulfillmentId } = await released([here, gone].map((sku) => ({ sku, quantity: 1 })));
  const refuse = (lineIds?: string[]) =>
    warehouse.store.rejectFulfillment({ ...by, fulfillmentId, reason: 'outOfStock', lineIds });
  expect(await refuse()).toMatchObject({ outcome: 'invalid', problems: [{ pointer: '/lineIds' }] });
  expect(await refuse(['other'])).toMatchObject({
    outcome: 'invalid',
    problems: [{ pointer: '/lineIds/0' }],
  });
  expect(await levelAt(gone, 'gamma')).toMatchObject({ allocated: 1 });
  expect(await refuse([order.lines[1]!.id])).toMatchObject({ outcome: 'done' });
  expect(await levelAt(here, 'gamma')).toEqual({ onHand: 4, unsellable: 0, allocated: 0 });
  expect(await levelAt(gone, 'gamma')).toEqual({ onHand: 0, unsellable: 0, allocated: 0 });
});

test('free words change no stock', async () => {
  const sku = await warehouse.freshSku();
  await warehouse.receive(sku, 'gamma', 2);
  const { order, fulfillmentId } = await released([{ sku, quantity: 1 }]);
  await warehouse.store.rejectFulfillment({ ...by, fulfillmentId, reason: 'the roof leaks' });
  expect(await levelAt(sku, 'gamma')).toEqual({ onHand: 2, unsellable: 0, allocated: 0 });
  expect(await storyOf(order.id)).toMatchObject({ data: { code: 'other', reason: 'the roof leaks' } });
});
