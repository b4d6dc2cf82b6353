import { createApiClient } from '../../api/client';
import { hashApiKey } from '../../api/key-hash';
import { saveKey } from '../../store/keys/save-key';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { openShop, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

/** Goods that places of ours order from the network, and that are to go to another one. */
let system: TestSystem;
let shop: Shop;

beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
  await shop.as.admin.put('/v1/channels/replenishment', { type: 'internal', name: 'Replenishment' });
});
afterAll(() => system?.stop());

async function ordered(reference: string, lines: object[], more: object = {}): Promise<OrderView> {
  const { id } = await shop.as.support.post<{ id: string }>(
    '/v1/orders',
    {
      ...{ channel: 'replenishment', externalReference: reference, currency: 'EUR', lines },
      ...{ delivery: { mode: 'ship', toLocationId: 'store' }, ...more },
    },
    { wait: 10 },
  );
  return shop.untilOrder(id, ({ status }) => status === 'confirmed');
}

const edit = (id: string, body: object): Promise<OrderView> =>
  shop.as.support.post(`/v1/orders/${id}/edits`, body);
const sendTo = (toLocationId: string) => ({ delivery: { mode: 'ship', toLocationId } });
const openWork = (view: OrderView): OrderView[] =>
  view.fulfillments.filter(({ status }: OrderView) => status !== 'cancelled');
const receipt = (sku: string, locationId: string, quantity: number) =>
  shop.as.warehouse.post('/v1/stock/movements', {
    movements: [{ sku, locationId, type: 'receipt', quantity }],
  });
const isSound = async () => expect(await findStockDifferences(system.db)).toEqual([]);

async function ship(order: OrderView, work: OrderView): Promise<void> {
  await shop.pack(order, work.id);
  await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
}
async function transferOf(id: string, locationId: string): Promise<OrderView> {
  const { items } = await shop.as.warehouse.get<OrderView>('/v1/transfers', { locationId });
  return items.find(({ orderId }: OrderView) => orderId === id);
}

test('it is sent to another place of ours: its own stock stays there, the transfer goes and ends there', async () => {
  await shop.stock('EI-A', { south: 3 });
  const order = await ordered('ei-1', [{ sku: 'EI-A', quantity: 2 }]);
  expect(openWork(order)).toMatchObject([{ locationId: 'south' }]);
  await receipt('EI-A', 'north', 2);
  const told = await shop.as.support.post<OrderView>(`/v1/orders/${order.id}/edits/preview`, sendTo('south'));
  expect(told).toMatchObject({
    changes: [{ what: 'shippingAddress' }, { what: 'delivery' }],
    stock: { assignments: [{ locationId: 'north' }], moved: [openWork(order)[0].id] },
  });
  const after = await edit(order.id, sendTo('south'));
  expect(after).toMatchObject({
    ...{ version: 2, delivery: { toLocationId: 'south' }, customer: { name: 'Location south' } },
    shippingAddress: { name: 'Location south', city: 'Napoli' },
  });
  expect(openWork(after)).toMatchObject([{ locationId: 'north' }]);
  await ship(after, openWork(after)[0]);
  const transfer = await transferOf(order.id, 'south');
  expect(transfer).toMatchObject({ fromLocationId: 'north', toLocationId: 'south', status: 'shipped' });
  expect(await transferOf(order.id, 'store')).toBeUndefined();
  const sent = await shop.untilOrder(order.id, ({ waitingFor }) => waitingFor.length > 0);
  expect(JSON.stringify(sent.waitingFor)).not.toContain('store');
  await shop.as.warehouse.post(`/v1/transfers/${transfer.id}/receive`, {
    lines: [{ sku: 'EI-A', quantity: 2 }],
  });
  await shop.untilOrder(order.id, ({ status }) => status === 'completed');
  const stock = await system.db('stock').where({ sku: 'EI-A' }).orderBy('location_id');
  expect(stock.map((row) => [row.location_id, row.on_hand, row.allocated, row.incoming])).toEqual([
    ['north', 0, 0, 0],
    ['south', 5, 0, 0],
  ]);
  await isSound();
});

test('what waits for stock may come from the place that it was to go to, and no more from the new one', async () => {
  await shop.stock('EI-B', {});
  const order = await ordered('ei-2', [{ sku: 'EI-B', quantity: 1 }]);
  await edit(order.id, sendTo('north'));
  const { id: _, ...store } = await shop.as.admin.get<OrderView>('/v1/locations/store');
  const capabilities = ['ship', 'pickup', 'returns'];
  await shop.as.admin.put('/v1/locations/store', { ...store, capabilities });
  await receipt('EI-B', 'north', 1);
  expect((await shop.order(order.id)).fulfillments).toEqual([]);
  await receipt('EI-B', 'store', 1);
  const served = await shop.untilOrder(order.id, ({ fulfillments }) => fulfillments.length === 1);
  expect(served.fulfillments).toMatchObject([{ locationId: 'store' }]);
  await shop.as.admin.put('/v1/locations/store', store);
});

test('what is packed stays, and once some of it has left all of it goes where it was to go', async () => {
  await shop.stock('EI-C', { north: 1 });
  await shop.stock('EI-D', { south: 1 });
  const order = await ordered('ei-3', [
    { sku: 'EI-C', quantity: 1 },
    { sku: 'EI-D', quantity: 1 },
  ]);
  const [first] = openWork(order);
  await shop.pack(order, first.id);
  await shop.untilOrder(order.id, (view) =>
    view.fulfillments.some(({ status }: OrderView) => status === 'packed'),
  );
  await expect(edit(order.id, sendTo('south'))).rejects.toMatchObject({
    ...{ status: 409, problem: { detail: expect.stringContaining('packed for where it was to go') } },
  });
  await shop.as.warehouse.post(`/v1/fulfillments/${first.id}/ship`);
  await expect(edit(order.id, sendTo('south'))).rejects.toMatchObject({
    ...{ status: 409, problem: { detail: expect.stringContaining('has left for "store"') } },
  });
});

test('with transfer prices it is worth more with more pieces, and still nobody pays', async () => {
  await shop.stock('EI-E', { north: 5 });
  const price = (amount: number) => ({ amount, currency: 'EUR' });
  const lines = [{ sku: 'EI-E', quantity: 2, unitPrice: price(700), taxRateBps: 0 }];
  const order = await ordered('ei-4', lines, { total: price(1400) });
  const after = await edit(order.id, { lines: [{ lineId: order.lines[0].id, quantity: 3 }] });
  expect(after).toMatchObject({ total: price(2100), payments: [], lines: [{ byState: { allocated: 3 } }] });
});

test('a store sends what it ordered to no other place, and sends for no other', async () => {
  await shop.stock('EI-F', { north: 5 });
  const order = await ordered('ei-5', [{ sku: 'EI-F', quantity: 2 }]);
  const keyHash = hashApiKey(system.config.secret, 'key-of-bologna');
  await saveKey(system.db, { id: 'bologna', role: 'store', name: 'Bologna', keyHash, boundTo: 'store' });
  const store = createApiClient({ baseUrl: system.apiUrl, key: 'key-of-bologna' });
  const path = `/v1/orders/${order.id}/edits`;
  for (const to of [path, `${path}/preview`])
    await expect(store.post(to, sendTo('south'))).rejects.toMatchObject({ status: 403 });
  const lines = [{ lineId: order.lines[0].id, quantity: 1 }];
  expect(await store.post(path, { lines })).toMatchObject({ version: 2 });
});

test.each<[string, object, string]>([
  ['a place that is not ours', sendTo('moon'), '/delivery/toLocationId'],
  ['no place', { delivery: { mode: 'ship' } }, '/delivery/toLocationId'],
  [
    'an address',
    { shippingAddress: { name: 'x', line1: 'x', postalCode: '40121', city: 'x', country: 'IT' } },
    '/shippingAddress',
  ],
  ['several places', { destinations: [{ id: 'aunt' }] }, '/destinations'],
])('it is not sent to %s', async (_what, body, pointer) => {
  await shop.stock('EI-G', { north: 50 });
  const order = await ordered(`ei-6-${pointer}-${_what}`, [{ sku: 'EI-G', quantity: 1 }]);
  await expect(edit(order.id, body)).rejects.toMatchObject({
    ...{ status: 422, problem: { errors: [{ pointer }] } },
  });
});

test('what was sold to a customer goes to no place of ours', async () => {
  await shop.stock('EI-H', { north: 1 });
  const { id } = await shop.place({ reference: 'ei-7', lines: [{ sku: 'EI-H', quantity: 1 }] });
  await expect(edit(id, sendTo('south'))).rejects.toMatchObject({
    ...{ status: 422, problem: { errors: [{ pointer: '/delivery/toLocationId' }] } },
  });
});

test('what others send for it is called off, and asked for anew for the other place', async () => {
  const scenario = {
    ...{ code: 'all', when: { all: [] }, decides: 'software', filters: [], scores: {} },
    ...{ allocation: { split: 'never' }, onShortage: { then: 'waitForTransfer', within: 'P3D' } },
  };
  await shop.as.admin.put('/v1/rules/draft', { name: 'one', currency: 'EUR', scenarios: [scenario] });
  await shop.as.admin.post('/v1/rules/publish', { note: 'from one place' });
  await shop.as.admin.put('/v1/locations/milano', {
    ...{ type: 'store', name: 'Location milano', capabilities: ['returns'] },
    address: { name: 'Milano', line1: 'Via Dante 1', postalCode: '20121', city: 'Milano', country: 'IT' },
  });
  await shop.stock('EI-I', { north: 2, south: 1 });
  const order = await ordered('ei-8', [{ sku: 'EI-I', quantity: 3 }]);
  const sentFor = async (): Promise<[string, string, string][]> => {
    const { items } = await shop.as.warehouse.get<OrderView>('/v1/transfers', { limit: '200' });
    return items
      .filter(({ lines }: OrderView) => lines.some(({ sku }: OrderView) => sku === 'EI-I'))
      .map((each: OrderView) => [each.fromLocationId, each.toLocationId, each.status]);
  };
  expect(await sentFor()).toEqual([['south', 'north', 'requested']]);
  const after = await edit(order.id, sendTo('milano'));
  expect((await sentFor()).sort()).toEqual([
    ['south', 'north', 'cancelled'],
    ['south', 'north', 'requested'],
  ]);
  expect(openWork(after)).toMatchObject([{ locationId: 'north', lines: [{ quantity: 2 }] }]);
  expect(after.lines[0].byState).toEqual({ allocated: 2, backordered: 1 });
  await isSound();
});
