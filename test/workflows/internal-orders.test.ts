import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { openShop, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;

beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
  await shop.as.admin.put('/v1/channels/replenishment', { type: 'internal', name: 'Replenishment' });
});
afterAll(() => system?.stop());

const replenishment = (reference: string, lines: object[], more: object = {}) => ({
  ...{ channel: 'replenishment', externalReference: reference, currency: 'EUR', lines },
  ...{ delivery: { mode: 'ship', toLocationId: 'store' }, ...more },
});

async function ordered(reference: string, lines: object[], more: object = {}): Promise<OrderView> {
  const body = replenishment(reference, lines, more);
  const { id } = await shop.as.support.post<{ id: string }>('/v1/orders', body, { wait: 10 });
  return shop.untilOrder(id, ({ status }) => status === 'confirmed');
}

async function sent(reference: string, lines: object[], more: object = {}): Promise<OrderView> {
  const order = await ordered(reference, lines, more);
  for (const { id } of order.fulfillments) {
    await shop.pack(order, id);
    await shop.as.warehouse.post(`/v1/fulfillments/${id}/ship`);
  }
  return shop.untilOrder(order.id, (view) =>
    view.fulfillments.every(({ status }: OrderView) => status === 'shipped'),
  );
}

async function transferOf(order: OrderView): Promise<OrderView> {
  const { items } = await shop.as.warehouse.get<OrderView>('/v1/transfers', { locationId: 'store' });
  return items.find(({ orderId }: OrderView) => orderId === order.id);
}

const levelsAt = async (sku: string, locationId: string): Promise<Record<string, number>> =>
  system
    .db('stock')
    .where({ sku, location_id: locationId })
    .first('on_hand', 'unsellable', 'allocated', 'incoming');

const isSound = async (): Promise<void> => expect(await findStockDifferences(system.db)).toEqual([]);

describe('a store orders from a warehouse', () => {
  test('the goods are incoming when they leave, and its own when it has taken them in', async () => {
    await shop.stock('TEA', { north: 10, store: 1 });
    const order = await sent('int-1', [{ sku: 'TEA', quantity: 6 }]);
    expect(order).toMatchObject({ paymentStatus: 'captured', payments: [], total: { amount: 0 } });
    expect(order.delivery).toEqual({ mode: 'ship', toLocationId: 'store' });
    expect(order.shippingAddress.city).toBe('Bologna');
    expect(order.fulfillments[0].locationId).toBe('north');
    expect(await levelsAt('TEA', 'north')).toMatchObject({ on_hand: 4, allocated: 0 });
    expect(await levelsAt('TEA', 'store')).toMatchObject({ on_hand: 1, incoming: 6 });
    expect(order.waitingFor[0].what).toContain('take the goods in');
    await isSound();

    // The carrier's word is not enough: the goods are there when they were counted.
    await shop.report(order, 'delivered');
    const brought = await shop.untilOrder(order.id, (view) =>
      view.fulfillments[0].packages.every(({ status }: OrderView) => status === 'delivered'),
    );
    expect(brought.fulfillments[0].status).toBe('shipped');

    const transfer = await transferOf(order);
    expect(transfer).toMatchObject({ status: 'shipped', fromLocationId: 'north', reference: order.number });
    const lines = [{ sku: 'TEA', quantity: 6 }];
    await shop.as.warehouse.post(`/v1/transfers/${transfer.id}/receive`, { lines });
    const over = await shop.untilOrder(order.id, ({ status }) => status === 'completed');
    expect(over.lines[0].byState).toEqual({ delivered: 6 });
    expect(over.mails).toEqual([]);
    expect(await levelsAt('TEA', 'store')).toMatchObject({ on_hand: 7, incoming: 0 });
    await isSound();
  });

  test('short, damaged and surplus pieces are each where they are, and the story tells of them', async () => {
    await shop.stock('CUP', { north: 10 });
    await shop.stock('JUG', { north: 10 });
    const order = await sent('int-2', [
      { sku: 'CUP', quantity: 4 },
      { sku: 'JUG', quantity: 2 },
      { sku: 'CUP', quantity: 1 },
    ]);
    const transfer = await transferOf(order);
    const receive = (body: object) => shop.as.warehouse.post(`/v1/transfers/${transfer.id}/receive`, body);
    await receive({ lines: [{ sku: 'CUP', quantity: 3, damaged: 1 }] });
    const partly = await shop.order(order.id);
    expect(partly.status).toBe('confirmed');
    await receive({
      lines: [{ sku: 'JUG', quantity: 2, surplus: 1 }],
      close: { reason: 'two cups are missing' },
    });
    await shop.untilOrder(order.id, ({ status }) => status === 'completed');
    expect(await levelsAt('CUP', 'store')).toEqual({ on_hand: 3, unsellable: 1, allocated: 0, incoming: 0 });
    expect(await levelsAt('JUG', 'store')).toEqual({ on_hand: 3, unsellable: 0, allocated: 0, incoming: 0 });
    const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${order.id}/events`, { limit: 100 });
    const told = items.filter(({ type }: OrderView) => type === 'goodsReceived');
    expect(told).toHaveLength(2);
    expect(told[1].data).toMatchObject({
      lost: [{ sku: 'CUP', quantity: 2 }],
      lines: [{ sku: 'JUG', quantity: 2, damaged: 0, surplus: 1 }],
      reason: 'two cups are missing',
    });
    await isSound();
  });

  test('never from itself, and what nobody has waits until another place has it', async () => {
    await shop.stock('FIG', { store: 9 });
    const order = await ordered('int-3', [{ sku: 'FIG', quantity: 3 }]);
    expect(order).toMatchObject({ decision: 'backordered', fulfillments: [] });
    const receipt = (locationId: string) => ({
      movements: [{ sku: 'FIG', locationId, type: 'receipt', quantity: 3 }],
    });
    await shop.as.admin.put('/v1/locations/store', {
      ...(await storeBody()),
      capabilities: ['ship', 'pickup', 'returns'],
    });
    await shop.as.warehouse.post('/v1/stock/movements', receipt('store'));
    expect((await shop.order(order.id)).fulfillments).toEqual([]);
    await shop.as.warehouse.post('/v1/stock/movements', receipt('south'));
    const served = await shop.untilOrder(order.id, (view) => view.fulfillments.length === 1);
    expect(served.fulfillments[0].locationId).toBe('south');
  });

  test('cancelled before it left, the pieces are free again; a return of it is refused', async () => {
    await shop.stock('OAK', { north: 2 });
    const order = await ordered('int-4', [{ sku: 'OAK', quantity: 2 }]);
    const returned = await shop.as.support
      .post('/v1/returns', {
        ...{ orderId: order.id, mode: 'store', refundTo: 'tenders' },
        lines: [{ lineId: order.lines[0].id, quantity: 1, reason: 'x' }],
      })
      .catch((error: unknown) => error);
    expect((returned as OrderView).problem.status).toBe(409);
    const cancel = (body: object) => shop.as.support.post(`/v1/orders/${order.id}/cancel`, body);
    await cancel({ reason: 'one is enough', lines: [{ lineId: order.lines[0].id, quantity: 1 }] });
    expect(await levelsAt('OAK', 'north')).toMatchObject({ on_hand: 2, allocated: 1 });
    await cancel({ reason: 'not needed' });
    await shop.untilOrder(order.id, ({ status }) => status === 'cancelled');
    expect(await levelsAt('OAK', 'north')).toMatchObject({ on_hand: 2, allocated: 0 });
    await isSound();
  });

  test('a parcel that is lost waits for people, who close the transfer short', async () => {
    await shop.stock('ELM', { north: 2 });
    const order = await sent('int-5', [{ sku: 'ELM', quantity: 2 }]);
    await shop.report(order, 'lost');
    const waiting = await shop.untilOrder(order.id, (view) =>
      view.waitingFor.some(({ what }: OrderView) => what.includes('is lost')),
    );
    expect(waiting.status).toBe('confirmed');
    const transfer = await transferOf(order);
    await shop.as.warehouse.post(`/v1/transfers/${transfer.id}/receive`, { close: { reason: 'lost' } });
    const over = await shop.untilOrder(order.id, ({ status }) => status === 'completed');
    expect(over.waitingFor).toEqual([]);
    expect(await levelsAt('ELM', 'store')).toMatchObject({ on_hand: 0, incoming: 0 });
    await isSound();
  });

  test('with transfer prices it is worth something, and still nobody pays', async () => {
    await shop.stock('ASH', { north: 2 });
    const price = (amount: number) => ({ amount, currency: 'EUR' });
    const order = await sent('int-6', [{ sku: 'ASH', quantity: 2, unitPrice: price(700), taxRateBps: 0 }], {
      total: price(1400),
    });
    expect(order).toMatchObject({ total: price(1400), payments: [] });
    const { id } = await transferOf(order);
    await shop.as.warehouse.post(`/v1/transfers/${id}/receive`, { lines: [{ sku: 'ASH', quantity: 2 }] });
    const over = await shop.untilOrder(order.id, ({ status }) => status === 'completed');
    expect(over.lines[0].byState).toEqual({ delivered: 2 });
  });

  const storeBody = async (): Promise<object> => {
    const { id: _, ...body } = await shop.as.admin.get<OrderView>('/v1/locations/store');
    return body;
  };
});

describe('refused', () => {
  test.each([
    ['a shop that sells to customers', { channel: 'web' }, '/delivery/toLocationId'],
    [
      'a place that is not ours',
      { delivery: { mode: 'ship', toLocationId: 'moon' } },
      '/delivery/toLocationId',
    ],
    ['no place', { delivery: { mode: 'ship' } }, '/delivery/toLocationId'],
    ['a customer', { customer: { email: 'a@example.org', name: 'A' } }, '/customer'],
    [
      'both collected and sent',
      { delivery: { mode: 'pickup', locationId: 'store', toLocationId: 'store' } },
      '/delivery/toLocationId',
    ],
    [
      'money',
      { tenders: [{ method: 'card', token: 't', amount: { amount: 5, currency: 'EUR' } }] },
      '/tenders',
    ],
    [
      'a price without a total',
      { lines: [{ sku: 'NUT', quantity: 1, unitPrice: { amount: 5, currency: 'EUR' } }] },
      '/total',
    ],
  ])('%s', async (_what, more, pointer) => {
    await shop.stock('NUT', { north: 1 });
    const body = { ...replenishment('refused', [{ sku: 'NUT', quantity: 1 }]), ...more };
    const answer = await shop.as.support.post('/v1/orders', body).catch((error: unknown) => error);
    const pointers = (answer as OrderView).problem.errors.map((each: OrderView) => each.pointer);
    expect(pointers).toContain(pointer);
  });
});
