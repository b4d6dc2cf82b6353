import { mailsOf } from '../support/mails';
import { openShop, piecePrice, shippingPrice, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;

beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
});
afterAll(() => system?.stop());

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const edit = (id: string, body: object, key?: string): Promise<OrderView> =>
  shop.as.support.post(`/v1/orders/${id}/edits`, body, key === undefined ? {} : { idempotencyKey: key });
const preview = (id: string, body: object): Promise<OrderView> =>
  shop.as.support.post(`/v1/orders/${id}/edits/preview`, body);
const sum = (view: OrderView, figure: string): number =>
  view.payments
    .filter(({ status }: OrderView) => status !== 'voided')
    .reduce((all: number, payment: OrderView) => all + payment[figure].amount, 0);
const worth = (pieces: number): number => pieces * piecePrice + shippingPrice;

const untilMail = (id: string): Promise<OrderView> =>
  shop.untilOrder(id, ({ mails }) => mails.some(({ template }: OrderView) => template === 'orderChanged'));

async function allocated(sku: string): Promise<number> {
  const { items } = await shop.as.warehouse.get<OrderView>('/v1/stock', { sku });
  return items.reduce((all: number, place: OrderView) => all + place.allocated, 0);
}

async function placed(
  reference: string,
  sku: string,
  quantity: number,
  more: object = {},
): Promise<OrderView> {
  const { id } = await shop.place({ reference, lines: [{ sku, quantity }], ...more });
  return shop.order(id);
}

test('more pieces and another line: more money is asked for, all of it leaves and is captured', async () => {
  await shop.stock('ED-A', { north: 9 });
  await shop.stock('ED-B', { south: 9 });
  const order = await placed('edit-more', 'ED-A', 1);
  const body = {
    reason: 'wants more',
    lines: [{ lineId: order.lines[0].id, quantity: 2 }],
    add: [{ sku: 'ED-B', quantity: 1, unitPrice: eur(1000) }],
  };
  const told = await preview(order.id, body);
  expect(told).toMatchObject({
    total: eur(worth(2) + 1000),
    difference: eur(piecePrice + 1000),
    money: { authorize: { method: 'card', amount: eur(piecePrice + 1000) }, refunds: [], voids: [] },
    stock: {
      assignments: expect.arrayContaining([
        expect.objectContaining({ locationId: 'north' }),
        expect.objectContaining({ locationId: 'south' }),
      ]),
      short: [],
      moved: [],
    },
    promise: { latest: expect.any(String) },
  });
  // A mail may leave meanwhile.
  const untouched = await shop.order(order.id);
  expect({ ...untouched, mails: order.mails }).toEqual(order);

  const after = await edit(order.id, { ...body, version: told.version });
  expect(after).toMatchObject({ version: 2, total: eur(worth(2) + 1000), status: 'confirmed' });
  expect(after.lines).toMatchObject([
    { sku: 'ED-A', quantity: 2, byState: { allocated: 2 } },
    { sku: 'ED-B', quantity: 1, byState: { allocated: 1 } },
  ]);
  expect(sum(after, 'authorized')).toBe(worth(2) + 1000);
  expect(after.fulfillments.every(({ releasedAt }: OrderView) => releasedAt !== null)).toBe(true);
  await untilMail(order.id);
  expect(await mailsOf(system.db, order.id, 'orderChanged')).toMatchObject([
    { data: { total: eur(worth(2) + 1000), before: eur(worth(1)), moneyReturned: eur(0), transfer: null } },
  ]);
  const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${order.id}/versions`);
  expect(items).toMatchObject([
    { version: 1, changes: [], order: { total: eur(worth(1)), lines: [{ quantity: 1 }] } },
    {
      version: 2,
      reason: 'wants more',
      actor: expect.stringContaining('support'),
      order: { total: eur(worth(2) + 1000) },
    },
  ]);

  for (const work of after.fulfillments) await shop.pack(after, work.id);
  const labelled = await shop.untilOrder(order.id, ({ fulfillments }) =>
    fulfillments.every(({ packages }: OrderView) => packages.every((each: OrderView) => each.trackingNumber)),
  );
  await shop.report(labelled, 'inTransit');
  const gone = await shop.untilOrder(order.id, (view) => sum(view, 'captured') === worth(2) + 1000);
  expect(gone.paymentStatus).toBe('captured');
});

test('a decline of what it costs more leaves all as it was', async () => {
  await shop.stock('ED-C', { north: 9 });
  const order = await placed('edit-declined', 'ED-C', 1, {
    tenders: [{ method: 'card', token: 'tok_up_to_50' }],
  });
  const lines = [{ lineId: order.lines[0].id, quantity: 5 }];
  await expect(edit(order.id, { lines })).rejects.toMatchObject({
    status: 409,
    problem: { detail: expect.stringContaining('declined') },
  });
  const after = await shop.order(order.id);
  expect(after).toMatchObject({
    version: 1,
    total: eur(worth(1)),
    paymentStatus: 'authorized',
    lines: order.lines,
  });
  expect(await allocated('ED-C')).toBe(1);
  expect(await edit(order.id, { lines: [{ lineId: order.lines[0].id, quantity: 2 }] })).toMatchObject({
    version: 2,
  });
});

test('less: stock is free at once, and what a transfer brought too much goes back', async () => {
  await shop.stock('ED-D', { north: 9 });
  const order = await placed('edit-less', 'ED-D', 3, { tenders: [{ method: 'bankTransfer' }] });
  await shop.as.support.post(`/v1/orders/${order.id}/payments`, { amount: eur(worth(3)), reference: 'B-1' });
  await shop.untilOrder(order.id, ({ fulfillments }) => fulfillments[0].releasedAt !== null);
  const body = { lines: [{ lineId: order.lines[0].id, quantity: 1 }] };
  const told = await preview(order.id, body);
  expect(told.money.refunds).toEqual([
    { method: 'bankTransfer', amount: eur(2 * piecePrice), target: 'storeCredit' },
  ]);
  await edit(order.id, body);
  expect(await allocated('ED-D')).toBe(1);
  const after = await untilMail(order.id);
  expect(sum(after, 'refunded')).toBe(2 * piecePrice);
  expect(await mailsOf(system.db, order.id, 'orderChanged')).toMatchObject([
    { data: { moneyReturned: eur(2 * piecePrice) } },
  ]);
});

test('an edit asked for twice under one key is one; other words under the key are refused', async () => {
  await shop.stock('ED-E', { north: 9 });
  const order = await placed('edit-twice', 'ED-E', 1);
  const body = { lines: [{ lineId: order.lines[0].id, quantity: 3 }] };
  const answers = await Promise.all([edit(order.id, body, 'edit-e'), edit(order.id, body, 'edit-e')]);
  expect(answers.map(({ version }) => version)).toEqual([2, 2]);
  expect(await allocated('ED-E')).toBe(3);
  await expect(edit(order.id, { ...body, version: 1 })).rejects.toMatchObject({ status: 409 });
  const after = await shop.order(order.id);
  expect(after).toMatchObject({ version: 2 });
  expect(sum(after, 'authorized')).toBe(worth(3));
});

test('another address after a split: work that is decided otherwise moves, the rest stays', async () => {
  await shop.as.admin.put('/v1/locations/berlin', {
    type: 'warehouse',
    name: 'Berlin',
    address: {
      ...{ line1: 'Allee 1', postalCode: '10115', city: 'Berlin', country: 'DE' },
      point: { lat: 52.52, lng: 13.4 },
    },
    capabilities: ['ship'],
  });
  await shop.stock('ED-F', { north: 3, berlin: 3 });
  await shop.stock('ED-G', { south: 3 });
  const { id } = await shop.place({
    reference: 'edit-address',
    lines: [
      { sku: 'ED-F', quantity: 1 },
      { sku: 'ED-G', quantity: 1 },
    ],
  });
  const order = await shop.order(id);
  expect(order.fulfillments.map(({ locationId }: OrderView) => locationId).sort()).toEqual([
    'north',
    'south',
  ]);
  const shippingAddress = {
    ...{ name: 'Anna Bianchi', line1: 'Torstr. 9', postalCode: '10119', city: 'Berlin', country: 'DE' },
    point: { lat: 52.53, lng: 13.4 },
  };
  const body = { shippingAddress };
  const north = order.fulfillments.find(({ locationId }: OrderView) => locationId === 'north');
  expect((await preview(id, body)).stock).toMatchObject({
    moved: [north.id],
    assignments: [{ locationId: 'berlin' }],
  });
  const after = await edit(id, body);
  const open = after.fulfillments.filter(({ status }: OrderView) => status !== 'cancelled');
  expect(open.map(({ locationId }: OrderView) => locationId).sort()).toEqual(['berlin', 'south']);
  expect(after.shippingAddress.city).toBe('Berlin');
  expect(after.total).toEqual(order.total);
  const { items } = await shop.as.support.get<OrderView>('/v1/orders', { q: 'berlin' });
  expect(items.map((found: OrderView) => found.id)).toContain(id);
});

test('of an edit and a location that packs at the same moment exactly one wins', async () => {
  await shop.stock('ED-H', { north: 40 });
  const orders = await Promise.all(Array.from({ length: 6 }, (_, n) => placed(`edit-race-${n}`, 'ED-H', 2)));
  const outcomes = await Promise.all(
    orders.map(async (order) => {
      const [packed, changed] = await Promise.allSettled([
        shop.pack(order, order.fulfillments[0].id),
        edit(order.id, { lines: [{ lineId: order.lines[0].id, quantity: 1 }] }),
      ]);
      return { packed: packed.status, changed: changed.status, id: order.id };
    }),
  );
  for (const { packed, changed, id } of outcomes) {
    expect([packed, changed].sort()).toEqual(['fulfilled', 'rejected']);
    const view = await shop.order(id);
    expect(view).toMatchObject(
      packed === 'fulfilled' ? { version: 1, total: eur(worth(2)) } : { version: 2, total: eur(worth(1)) },
    );
    expect(sum(view, 'authorized')).toBe(worth(2));
  }
});

test('what nobody has waits for stock, and the customer is told', async () => {
  await shop.stock('ED-I', { north: 1 });
  const order = await placed('edit-short', 'ED-I', 1);
  const body = { lines: [{ lineId: order.lines[0].id, quantity: 3 }] };
  expect((await preview(order.id, body)).stock).toMatchObject({ assignments: [], short: [{ quantity: 2 }] });
  expect((await edit(order.id, body)).lines[0].byState).toEqual({ allocated: 1, backordered: 2 });
  await shop.as.admin.post('/v1/stock/movements', {
    movements: [{ sku: 'ED-I', locationId: 'north', type: 'receipt', quantity: 2 }],
  });
  await shop.untilOrder(order.id, ({ lines }) => lines[0].byState.allocated === 3);
});

test('a held order is edited before anything is done for it', async () => {
  await shop.as.admin.put('/v1/channels/web', {
    ...{ type: 'webshop', name: 'Test shop' },
    settings: { holdAbove: 10_000 },
  });
  await shop.stock('ED-J', { north: 9 });
  const order = await placed('edit-held', 'ED-J', 5);
  expect(order).toMatchObject({ status: 'onHold', fulfillments: [] });
  const after = await edit(order.id, { lines: [{ lineId: order.lines[0].id, quantity: 2 }] });
  expect(after).toMatchObject({ version: 2, status: 'onHold', total: eur(worth(2)) });
  expect(after.payments).toMatchObject([{ status: 'pending', amount: eur(worth(2)) }]);
  const cut = await shop.as.support.post<OrderView>(`/v1/orders/${order.id}/cancel`, {
    reason: 'one is enough',
    lines: [{ lineId: order.lines[0].id, quantity: 1 }],
  });
  expect(cut).toMatchObject({ version: 3, total: eur(worth(1)), status: 'onHold' });
  await shop.as.support.post(`/v1/orders/${order.id}/release`);
  const gone = await shop.untilOrder(order.id, ({ status }) => status === 'confirmed');
  expect(gone.payments).toMatchObject([{ status: 'authorized', authorized: eur(worth(1)) }]);
  expect(gone.lines[0].byState).toEqual({ allocated: 1 });
  expect(await mailsOf(system.db, order.id, 'orderChanged')).toEqual([]);
  await shop.as.admin.put('/v1/channels/web', { type: 'webshop', name: 'Test shop' });
});

test('while a transfer is awaited, pieces are cancelled and the customer is told what is left to pay', async () => {
  await shop.stock('ED-K', { north: 9 });
  const order = await placed('edit-awaited', 'ED-K', 3, { tenders: [{ method: 'bankTransfer' }] });
  const body = { reason: 'needs fewer', lines: [{ lineId: order.lines[0].id, quantity: 2 }] };
  const after = await shop.as.support.post<OrderView>(`/v1/orders/${order.id}/cancel`, body);
  expect(after.payments).toMatchObject([{ amount: eur(worth(1)) }]);
  expect(await allocated('ED-K')).toBe(1);
  expect(await mailsOf(system.db, order.id, 'orderChanged')).toMatchObject([
    { data: { transfer: { amount: eur(worth(1)), reference: after.payments[0].transferReference } } },
  ]);
  await shop.as.support.post(`/v1/orders/${order.id}/payments`, { amount: eur(worth(1)), reference: 'B-2' });
  await shop.untilOrder(order.id, ({ fulfillments }) => fulfillments[0].releasedAt !== null);
});

test('in the time of remorse no location sees the work; the last edit counts, and pieces go by it', async () => {
  await shop.as.admin.put('/v1/channels/web', {
    ...{ type: 'webshop', name: 'Test shop' },
    settings: { remorseWithin: 'PT1H' },
  });
  await shop.stock('ED-L', { north: 9 });
  const order = await placed('edit-remorse', 'ED-L', 1);
  expect(order).toMatchObject({ status: 'confirmed', remorseUntil: expect.any(String) });
  expect(order.fulfillments).toMatchObject([{ releasedAt: null }]);
  await expect(shop.pack(order, order.fulfillments[0].id)).rejects.toThrow(/customer may still change/);
  const after = await edit(order.id, { lines: [{ lineId: order.lines[0].id, quantity: 2 }] });
  expect(after.fulfillments.every(({ releasedAt }: OrderView) => releasedAt === null)).toBe(true);
  await shop.fastForward(order.id, 'PT2H');
  const shown = await shop.untilOrder(order.id, ({ fulfillments }) =>
    fulfillments.every(({ releasedAt }: OrderView) => releasedAt !== null),
  );
  expect(shown).toMatchObject({ remorseUntil: null, lines: [{ byState: { allocated: 2 } }] });
  await shop.as.admin.put('/v1/channels/web', { type: 'webshop', name: 'Test shop' });
});

test('what is packed or over is not edited', async () => {
  await shop.stock('ED-M', { north: 9 });
  const order = await placed('edit-packed', 'ED-M', 1);
  await shop.pack(order, order.fulfillments[0].id);
  await shop.untilOrder(order.id, ({ fulfillments }) => fulfillments[0].status === 'packed');
  const body = { lines: [{ lineId: order.lines[0].id, quantity: 2 }] };
  await expect(edit(order.id, body)).rejects.toMatchObject({ status: 409 });
  await expect(preview(order.id, body)).rejects.toMatchObject({ status: 409 });
});
