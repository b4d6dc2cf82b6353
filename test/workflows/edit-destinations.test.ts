import { mailsOf } from '../support/mails';
import { openShop, piecePrice, shippingPrice, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

/** Edits of orders whose goods go to several places, on the whole system. */
let system: TestSystem;
let shop: Shop;
beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
});
afterAll(() => system?.stop());

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const aunt = {
  ...{ name: 'Zia Pina', line1: 'Via Toledo 5', postalCode: '80132', city: 'Napoli', country: 'IT' },
  point: { lat: 40.84, lng: 14.25 },
};
const inBolzano = {
  ...{ name: 'Zia Pina', line1: 'Via Portici 1', postalCode: '39100', city: 'Bolzano', country: 'IT' },
  point: { lat: 46.5, lng: 11.35 },
};

const edit = (id: string, body: object, key?: string): Promise<OrderView> =>
  shop.as.support.post(`/v1/orders/${id}/edits`, body, key === undefined ? {} : { idempotencyKey: key });
const preview = (id: string, body: object): Promise<OrderView> =>
  shop.as.support.post(`/v1/orders/${id}/edits/preview`, body);

/** The first quantity goes to the customer, the second to the aunt. */
async function placed(reference: string, sku: string, [own, gift]: [number, number]): Promise<OrderView> {
  const { id } = await shop.place({
    reference,
    lines: [
      { sku, quantity: own },
      { sku, quantity: gift, destination: 'aunt' },
    ],
    destinations: [{ id: 'aunt', shippingAddress: aunt, shipping: { method: 'express' } }],
  });
  return shop.order(id);
}

const openWork = (view: OrderView): OrderView[] =>
  view.fulfillments
    .filter(({ status }: OrderView) => status !== 'cancelled')
    .sort((a: OrderView, b: OrderView) => (a.destination ?? '').localeCompare(b.destination ?? ''));
const workTo = (view: OrderView, destination: string | null): OrderView =>
  openWork(view).find((each) => each.destination === destination);
const where = (view: OrderView) =>
  openWork(view).map(({ destination, locationId, lines }) => [
    destination,
    locationId,
    lines.reduce((sum: number, { quantity }: OrderView) => sum + quantity, 0),
  ]);
const documentsOf = (id: string, kind: string) =>
  system.db('documents').where({ order_id: id, kind }).orderBy('id').pluck('content');

async function untilChangedMail(id: string): Promise<OrderView> {
  await shop.untilOrder(id, ({ mails }) =>
    mails.some(({ template }: OrderView) => template === 'orderChanged'),
  );
  return (await mailsOf(system.db, id, 'orderChanged')).at(-1)!.data;
}

async function shipAll(id: string): Promise<OrderView> {
  const view = await shop.untilOrder(id, (each) =>
    openWork(each).every(({ releasedAt }) => releasedAt !== null),
  );
  for (const work of openWork(view).filter(({ status }) => status === 'allocated')) {
    await shop.pack(view, work.id);
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
  }
  return shop.order(id);
}

test('one place gets another address: it is decided anew, and whatever goes to the others stays', async () => {
  await shop.stock('DE-A', { north: 9, south: 9 });
  const order = await placed('dest-address', 'DE-A', [1, 2]);
  expect(where(order)).toEqual([
    [null, 'north', 1],
    ['aunt', 'south', 2],
  ]);
  const own = workTo(order, null);
  await shop.pack(order, own.id);
  await shop.untilOrder(order.id, (view) => workTo(view, null).status === 'packed');
  const body = { destinations: [{ id: 'aunt', shippingAddress: inBolzano }] };
  const told = await preview(order.id, body);
  expect(told).toMatchObject({
    changes: [{ what: 'shippingAddress', destination: 'aunt' }],
    difference: eur(0),
    stock: { assignments: [{ destination: 'aunt', locationId: 'north' }], short: [] },
    promise: { latest: expect.any(String) },
  });
  expect(told.stock.moved).toEqual([workTo(order, 'aunt').id]);
  const after = await edit(order.id, { ...body, version: told.version });
  expect(where(after)).toEqual([
    [null, 'north', 1],
    ['aunt', 'north', 2],
  ]);
  expect(workTo(after, null).id).toBe(own.id);
  expect(after).toMatchObject({
    ...{ version: 2, total: order.total, shippingAddress: { city: 'Bologna' } },
    destinations: [{ id: 'aunt', shippingAddress: { city: 'Bolzano' }, shipping: { method: 'express' } }],
  });
  const mail = await untilChangedMail(order.id);
  expect(mail.destinations.map(({ address }: OrderView) => address.city)).toEqual(['Bologna', 'Bolzano']);
  await expect(
    edit(order.id, { shippingAddress: { ...inBolzano, name: 'Anna Bianchi' } }),
  ).rejects.toMatchObject({
    status: 409,
    problem: { detail: expect.stringContaining("Some of what goes to the order's own address is packed") },
  });
  await shipAll(order.id);
  const labels = await documentsOf(order.id, 'shippingLabel');
  expect(labels.map(({ recipient }) => recipient.city).sort()).toEqual(['Bologna', 'Bolzano']);
  const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${order.id}/versions`);
  expect(items.map(({ order: was }: OrderView) => was.destinations[0].shippingAddress.city)).toEqual([
    'Napoli',
    'Bolzano',
  ]);
});

test('pieces of a line go to a place that is added, with the money that they cost', async () => {
  await shop.stock('DE-B', { north: 9, south: 9 });
  const { id } = await shop.place({ reference: 'dest-add', lines: [{ sku: 'DE-B', quantity: 3 }] });
  const order = await shop.order(id);
  const body = {
    move: [{ lineId: order.lines[0].id, destination: 'aunt', quantity: 2 }],
    add: [{ sku: 'DE-B', quantity: 1, unitPrice: eur(1000), destination: 'aunt' }],
    destinations: [{ id: 'aunt', shippingAddress: aunt, shipping: { method: 'express', price: eur(300) } }],
    shipping: { method: 'standard', price: eur(shippingPrice + 300) },
  };
  const told = await preview(id, body);
  expect(told).toMatchObject({
    difference: eur(1300),
    money: { authorize: { method: 'card', amount: eur(1300) } },
    stock: { assignments: [{ destination: 'aunt', locationId: 'south' }], short: [] },
  });
  const [first, second] = await Promise.all([edit(id, body, 'dest-b'), edit(id, body, 'dest-b')]);
  expect([first.version, second.version]).toEqual([2, 2]);
  expect(where(first)).toEqual([
    [null, 'north', 1],
    ['aunt', 'south', 3],
  ]);
  expect(first.total).toEqual(eur(3 * piecePrice + shippingPrice + 1300));
  await shipAll(id);
  await shop.report(await shop.order(id), 'delivered');
  const done = await shop.untilOrder(id, ({ paymentStatus }) => paymentStatus === 'captured');
  const captured = done.payments.reduce((sum: number, each: OrderView) => sum + each.captured.amount, 0);
  expect(captured).toBe(first.total.amount);
});

test('a place that nothing goes to any more is dropped, and its work can still be read', async () => {
  await shop.stock('DE-C', { north: 9, south: 9 });
  const order = await placed('dest-drop', 'DE-C', [1, 2]);
  const gone = workTo(order, 'aunt');
  const after = await edit(order.id, { move: [{ lineId: order.lines[1].id, destination: null }] });
  expect(after.destinations).toEqual([]);
  expect(after.lines.map(({ destination }: OrderView) => destination)).toEqual([null, null]);
  expect(where(after).map(([destination, , pieces]) => [destination, pieces])).toEqual([
    [null, 1],
    [null, 2],
  ]);
  const work = await shop.as.warehouse.get<OrderView>(`/v1/fulfillments/${gone.id}`);
  expect(work).toMatchObject({ status: 'cancelled', destination: 'aunt', recipient: { city: 'Napoli' } });
  const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${order.id}/events`, { limit: 100 });
  expect(items.find(({ type }: OrderView) => type === 'orderEdited').data.changes).toEqual([
    { what: 'moved', lineId: order.lines[1].id, sku: 'DE-C', quantity: 2, destination: null },
    { what: 'destinationDropped', destination: 'aunt' },
  ]);
});

test('what waits for stock keeps its turn when it goes to another place, and by another way', async () => {
  await shop.stock('DE-D', { store: 1 });
  const order = await placed('dest-waits', 'DE-D', [1, 1]);
  expect(order.decision).toBe('backordered');
  const later = await shop.place({ reference: 'dest-later', lines: [{ sku: 'DE-D', quantity: 1 }] });
  const body = {
    move: [{ lineId: order.lines[0].id, destination: 'me' }],
    destinations: [{ id: 'me', delivery: { mode: 'pickup', locationId: 'store' } }],
  };
  expect((await preview(order.id, body)).stock).toMatchObject({
    assignments: [{ destination: 'me', locationId: 'store' }],
  });
  const after = await edit(order.id, body);
  expect(where(after)).toEqual([['me', 'store', 1]]);
  const back = await edit(order.id, {
    move: [{ lineId: order.lines[1].id, destination: 'cousin' }],
    destinations: [{ id: 'cousin', shippingAddress: inBolzano }],
  });
  expect(back.lines.map(({ byState }: OrderView) => byState)).toEqual([{ allocated: 1 }, { backordered: 1 }]);
  await shop.as.admin.post('/v1/stock/movements', {
    movements: [{ sku: 'DE-D', locationId: 'north', type: 'receipt', quantity: 1 }],
  });
  const served = await shop.untilOrder(order.id, ({ lines }) => lines[1].byState.allocated === 1);
  expect(workTo(served, 'cousin')).toMatchObject({ locationId: 'north', mode: 'ship' });
  expect((await shop.order(later.id)).lines[0].byState).toEqual({ backordered: 1 });
});

test('pieces that leave a line which waits keep its turn as well', async () => {
  await shop.stock('DE-I', {});
  const { id } = await shop.place({ reference: 'dest-part', lines: [{ sku: 'DE-I', quantity: 2 }] });
  const later = await shop.place({ reference: 'dest-part-later', lines: [{ sku: 'DE-I', quantity: 1 }] });
  const order = await shop.order(id);
  const after = await edit(id, {
    move: [{ lineId: order.lines[0].id, destination: 'aunt', quantity: 1 }],
    destinations: [{ id: 'aunt', shippingAddress: aunt }],
  });
  expect(after.lines.map(({ byState }: OrderView) => byState)).toEqual([
    { backordered: 1 },
    { backordered: 1 },
  ]);
  await shop.as.admin.post('/v1/stock/movements', {
    movements: [{ sku: 'DE-I', locationId: 'south', type: 'receipt', quantity: 2 }],
  });
  const served = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 2);
  expect(where(served)).toEqual([
    [null, 'south', 1],
    ['aunt', 'south', 1],
  ]);
  expect((await shop.order(later.id)).lines[0].byState).toEqual({ backordered: 1 });
});

test('an own pickup that waits for stock goes to another store with what it waits for', async () => {
  await shop.as.admin.put('/v1/locations/milano', {
    ...{ type: 'store', name: 'Location milano', capabilities: ['pickup', 'returns'] },
    address: {
      ...{
        name: 'Location milano',
        line1: 'Via Dante 1',
        postalCode: '20121',
        city: 'Milano',
        country: 'IT',
      },
      point: { lat: 45.47, lng: 9.19 },
    },
  });
  await shop.stock('DE-E', {});
  const { id } = await shop.place({
    ...{ reference: 'dest-store', mode: 'pickup', locationId: 'store' },
    lines: [{ sku: 'DE-E', quantity: 1 }],
  });
  await edit(id, { delivery: { mode: 'pickup', locationId: 'milano' } });
  const receipt = (locationId: string) => ({
    movements: [{ sku: 'DE-E', locationId, type: 'receipt', quantity: 1 }],
  });
  await shop.as.admin.post('/v1/stock/movements', receipt('store'));
  expect((await shop.order(id)).fulfillments).toEqual([]);
  await shop.as.admin.post('/v1/stock/movements', receipt('milano'));
  const served = await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length === 1);
  expect(served.fulfillments).toMatchObject([{ locationId: 'milano', mode: 'pickup' }]);
});

test('of an edit that moves a line and a location that packs it exactly one wins', async () => {
  await shop.stock('DE-F', { north: 40, south: 40 });
  const orders: OrderView[] = [];
  for (let n = 0; n < 5; n += 1) orders.push(await placed(`dest-race-${n}`, 'DE-F', [1, 1]));
  const outcomes = await Promise.all(
    orders.map(async (order) => {
      const [packed, changed] = await Promise.allSettled([
        shop.pack(order, workTo(order, 'aunt').id),
        edit(order.id, { move: [{ lineId: order.lines[1].id, destination: null }] }),
      ]);
      return { packed: packed.status, changed: changed.status, id: order.id };
    }),
  );
  for (const { packed, changed, id } of outcomes) {
    expect([packed, changed].sort()).toEqual(['fulfilled', 'rejected']);
    const { version, destinations } = await shop.order(id);
    expect([version, destinations.length]).toEqual(packed === 'fulfilled' ? [1, 1] : [2, 0]);
  }
});

test('what is packed or has left goes to no other place, and an older version changes nothing', async () => {
  await shop.stock('DE-G', { north: 9, south: 9 });
  const order = await placed('dest-fixed', 'DE-G', [1, 2]);
  const [, gift] = order.lines;
  await shop.pack(order, workTo(order, 'aunt').id);
  const packed = await shop.untilOrder(order.id, (view) => workTo(view, 'aunt').status === 'packed');
  const refusedWith = (body: object, words: string) =>
    expect(edit(order.id, body)).rejects.toMatchObject({
      ...{ status: 409, problem: { detail: expect.stringContaining(words) } },
    });
  await refusedWith({ move: [{ lineId: gift.id, destination: null }] }, 'Of DE-G some is packed');
  await refusedWith(
    { move: [{ lineId: gift.id, destination: null, quantity: 1 }] },
    'Pieces of DE-G are packed or have left',
  );
  await refusedWith(
    { destinations: [{ id: 'aunt', shippingAddress: inBolzano }] },
    'Some of what goes to "aunt" is packed for where it was to go',
  );
  await shop.as.warehouse.post(`/v1/fulfillments/${workTo(packed, 'aunt').id}/ship`);
  await refusedWith({ destinations: [{ id: 'aunt', shippingAddress: inBolzano }] }, 'has left');
  const to = (city: string) => ({ shippingAddress: { ...inBolzano, name: 'Anna Bianchi', city } });
  expect(await edit(order.id, { ...to('Bolzano'), version: 1 })).toMatchObject({
    ...{ version: 2, shippingAddress: { city: 'Bolzano' } },
    destinations: [{ shippingAddress: { city: 'Napoli' } }],
  });
  await refusedWith({ ...to('Merano'), version: 1 }, 'version 2');
});

test('a held order is sent elsewhere before anything is done for it', async () => {
  await shop.as.admin.put('/v1/channels/web', {
    ...{ type: 'webshop', name: 'Test shop' },
    settings: { holdAbove: 5_000 },
  });
  await shop.stock('DE-H', { north: 9, south: 9 });
  const order = await placed('dest-held', 'DE-H', [1, 2]);
  expect(order).toMatchObject({ status: 'onHold', fulfillments: [] });
  await edit(order.id, { move: [{ lineId: order.lines[0].id, destination: 'aunt' }] });
  await shop.as.support.post(`/v1/orders/${order.id}/release`);
  const gone = await shop.untilOrder(order.id, ({ status }) => status === 'confirmed');
  expect(where(gone)).toEqual([['aunt', 'south', 3]]);
  await shop.as.admin.put('/v1/channels/web', { type: 'webshop', name: 'Test shop' });
});
