import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { mailsOf, templatesOf } from '../support/mails';
import { openShop, piecePrice, shippingPrice, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;

beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
  await shop.as.admin.put('/v1/locations/milano', {
    type: 'store',
    name: 'Milano Brera',
    address: {
      name: 'Milano Brera',
      line1: 'Via Brera 2',
      city: 'Milano',
      postalCode: '20121',
      country: 'IT',
    },
    capabilities: ['pickup', 'returns'],
    pickupWhenShort: 'send',
  });
});
afterAll(() => system?.stop());

const place = (reference: string, lines: { sku: string; quantity: number }[]) =>
  shop.place({ reference: `pickup-${reference}`, lines, mode: 'pickup', locationId: 'milano' });

const workOf = (view: OrderView, mode: string): OrderView =>
  view.fulfillments.find((each: OrderView) => each.mode === mode && each.status !== 'cancelled');

const stockAt = async (sku: string, locationId: string): Promise<OrderView> => {
  const { items } = await shop.as.warehouse.get<OrderView>('/v1/stock', { sku });
  return items.find((each: OrderView) => each.locationId === locationId);
};

const causesAt = (sku: string, locationId: string): Promise<string[]> =>
  system.db('stock_ledger').where({ sku, location_id: locationId }).orderBy('id').pluck('cause');

/** Work of another sender than before, shown to its location. */
const isSentAnew =
  (before?: string) =>
  ({ id, mode, status, releasedAt }: OrderView): boolean =>
    mode === 'shipToStore' && status === 'allocated' && releasedAt !== null && id !== before;

const untilSentAnew = (id: string, before?: string): Promise<OrderView> =>
  shop.untilOrder(id, (each) => each.fulfillments.some(isSentAnew(before)));

/** Packs the parts that others send and hands them over. */
async function send(id: string): Promise<OrderView> {
  const view = await shop.order(id);
  for (const work of view.fulfillments.filter(
    (each: OrderView) => each.mode === 'shipToStore' && each.status === 'allocated',
  )) {
    await shop.pack(view, work.id);
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
  }
  return shop.untilOrder(id, (each) =>
    each.fulfillments.every((work: OrderView) => work.mode !== 'shipToStore' || work.status !== 'packed'),
  );
}

const arrive = (work: OrderView, body: object = {}) =>
  shop.as.warehouse.post<OrderView>(`/v1/fulfillments/${work.id}/arrive`, body);

const untilReady = (id: string): Promise<OrderView> =>
  shop.untilOrder(id, (each) =>
    each.fulfillments.some((work: OrderView) => work.status === 'readyForPickup'),
  );

async function collect(view: OrderView): Promise<void> {
  const work = view.fulfillments.find((each: OrderView) => each.status === 'readyForPickup');
  const code = await shop.pickupCode(work.id);
  await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/collect`, { code });
}

async function expectSoundStock(): Promise<void> {
  expect(await findStockDifferences(system.db)).toEqual([]);
}

test('what the store has and what is sent there is collected together: one mail, one code, one capture', async () => {
  await shop.stock('PK-OWN', { milano: 1 });
  await shop.stock('PK-SENT', { north: 2 });
  const placed = await place('mixed', [
    { sku: 'PK-OWN', quantity: 1 },
    { sku: 'PK-SENT', quantity: 2 },
  ]);
  const begun = await shop.order(placed.id);
  expect(begun.decision).toBe('confirmed');
  const own = workOf(begun, 'pickup');
  const sent = workOf(begun, 'shipToStore');
  expect(own).toMatchObject({ locationId: 'milano', pickupLocationId: null });
  expect(sent).toMatchObject({ locationId: 'north', pickupLocationId: 'milano', status: 'allocated' });
  // It is one pickup, however many have a part in it.
  expect(begun.promise.reasons[0]).toBe('It comes together, and waits for the last of it');
  expect(begun.promise.reasons).toHaveLength(3);

  await shop.as.warehouse.post(`/v1/fulfillments/${own.id}/ready`);
  const kept = await shop.order(placed.id);
  expect(workOf(kept, 'pickup').status).toBe('atStore');
  expect(kept.waitingFor.map(({ what }: OrderView) => what)).toContain(
    'the rest of the pickup at Milano Brera',
  );

  const left = await send(placed.id);
  expect(workOf(left, 'shipToStore').status).toBe('toStore');
  expect(left.paymentStatus).toBe('authorized');
  expect(await stockAt('PK-SENT', 'north')).toMatchObject({ onHand: 0, allocated: 0 });
  expect(await stockAt('PK-SENT', 'milano')).toBeUndefined();
  const label = await shop.as.warehouse.get<OrderView>(`/v1/fulfillments/${sent.id}`);
  expect(label.recipient).toMatchObject({ name: 'Milano Brera', city: 'Milano' });

  await arrive(sent);
  await arrive(sent);
  const ready = await untilReady(placed.id);
  expect(await stockAt('PK-SENT', 'milano')).toMatchObject({ onHand: 2, allocated: 2, available: 0 });
  expect(ready.fulfillments.map(({ mode, status }: OrderView) => [mode, status])).toEqual(
    expect.arrayContaining([
      ['pickup', 'readyForPickup'],
      ['shipToStore', 'gathered'],
    ]),
  );
  expect(workOf(ready, 'pickup').lines.map(({ sku, quantity }: OrderView) => [sku, quantity])).toEqual([
    ['PK-OWN', 1],
    ['PK-SENT', 2],
  ]);
  expect(ready.lines.map(({ byState }: OrderView) => byState)).toEqual([
    { readyForPickup: 1 },
    { readyForPickup: 2 },
  ]);
  expect((await templatesOf(system.db, placed.id)).filter((mail) => mail === 'readyForPickup')).toHaveLength(
    1,
  );
  expect(await templatesOf(system.db, placed.id)).not.toContain('shipped');
  expect(ready.promise.reasons.join()).not.toMatch(/parts|together/);

  await collect(ready);
  await shop.untilEvent(placed.id, 'delivered');
  const done = await shop.untilOrder(placed.id, (each) => each.paymentStatus === 'captured');
  expect(done.payments[0].captured.amount).toBe(3 * piecePrice + shippingPrice);
  expect(done.lines.map(({ byState }: OrderView) => byState)).toEqual([{ delivered: 1 }, { delivered: 2 }]);
  expect((await templatesOf(system.db, placed.id)).filter((mail) => mail === 'delivered')).toHaveLength(1);
  expect(await causesAt('PK-SENT', 'north')).toEqual(['receipt', 'allocation', 'sentToStore']);
  expect(await causesAt('PK-SENT', 'milano')).toEqual(['pickupArrived', 'shipment']);
  await expectSoundStock();
});

test('what the store takes from its shelf after the parcel has come makes the pickup whole', async () => {
  await shop.stock('PK-LATE', { milano: 1, north: 1 });
  const placed = await place('late', [{ sku: 'PK-LATE', quantity: 2 }]);
  const left = await send(placed.id);
  await arrive(workOf(left, 'shipToStore'));
  const waiting = await shop.order(placed.id);
  expect(waiting.lines[0].byState).toEqual({ allocated: 1, atStore: 1 });
  await shop.as.warehouse.post(`/v1/fulfillments/${workOf(waiting, 'pickup').id}/ready`);
  const ready = await untilReady(placed.id);
  expect(workOf(ready, 'pickup').lines).toMatchObject([{ quantity: 2 }]);
  await collect(ready);
  await shop.untilOrder(placed.id, (each) => each.paymentStatus === 'captured');
  await expectSoundStock();
});

test('a parcel that is lost is sent anew, and the pickup waits for it', async () => {
  await shop.stock('PK-LOST', { north: 1, south: 1, milano: 1 });
  const placed = await place('lost', [{ sku: 'PK-LOST', quantity: 2 }]);
  await shop.as.warehouse.post(`/v1/fulfillments/${workOf(await shop.order(placed.id), 'pickup').id}/ready`);
  const left = await send(placed.id);
  const first = workOf(left, 'shipToStore');
  await shop.report(left, 'lost');
  const anew = await untilSentAnew(placed.id, first.id);
  const second = workOf(anew, 'shipToStore');
  expect(second.locationId).not.toBe(first.locationId);
  expect(anew.fulfillments.some(({ status }: OrderView) => status === 'readyForPickup')).toBe(false);
  await expect(arrive(first)).rejects.toThrow(/409/);
  await shop.report(left, 'delivered');
  const found = await shop.order(placed.id);
  expect(found.waitingFor.map(({ what }: OrderView) => what).join()).toMatch(
    /came to Milano Brera after it was given up and sent anew/,
  );
  await arrive(workOf(await send(placed.id), 'shipToStore'));
  const ready = await untilReady(placed.id);
  expect(ready.lines[0].byState).toEqual({ readyForPickup: 2 });
  expect((await templatesOf(system.db, placed.id)).filter((mail) => mail === 'readyForPickup')).toHaveLength(
    1,
  );
  await expectSoundStock();
});

test('a parcel that comes back to its sender is a transfer to it, and is sent anew', async () => {
  await shop.stock('PK-BACK', { north: 1, south: 1 });
  const placed = await place('back', [{ sku: 'PK-BACK', quantity: 1 }]);
  const left = await send(placed.id);
  const first = workOf(left, 'shipToStore');
  await shop.report(left, 'returned');
  await untilSentAnew(placed.id, first.id);
  const { items } = await shop.as.warehouse.get<OrderView>('/v1/transfers', {
    locationId: first.locationId,
    status: 'shipped',
  });
  const back = items.find((each: OrderView) => each.reference === placed.number);
  expect(back).toMatchObject({ fromLocationId: 'milano', toLocationId: first.locationId });
  await shop.as.warehouse.post(`/v1/transfers/${back.id}/receive`, {
    lines: [{ sku: 'PK-BACK', quantity: 1, damaged: 1 }],
  });
  expect(await stockAt('PK-BACK', first.locationId)).toMatchObject({ onHand: 1, unsellable: 1, incoming: 0 });
  await arrive(workOf(await send(placed.id), 'shipToStore'));
  await untilReady(placed.id);
  await expectSoundStock();
});

test('what came damaged is unsellable at the store, and is sent anew with what is missing', async () => {
  await shop.stock('PK-BAD', { north: 3, south: 2 });
  const placed = await place('bad', [{ sku: 'PK-BAD', quantity: 3 }]);
  const left = await send(placed.id);
  const first = workOf(left, 'shipToStore');
  const [{ lineId }] = first.lines;
  await expect(arrive(first, { lines: [{ lineId, damaged: 3, missing: 1 }] })).rejects.toThrow(/422/);
  await arrive(first, { lines: [{ lineId, damaged: 1, missing: 1 }] });
  const anew = await untilSentAnew(placed.id, first.id);
  expect(await stockAt('PK-BAD', 'milano')).toMatchObject({ onHand: 2, unsellable: 1, allocated: 1 });
  expect(anew.lines[0].byState).toEqual({ atStore: 1, allocated: 2 });
  const again = await send(placed.id);
  await arrive(again.fulfillments.find(({ status }: OrderView) => status === 'toStore'));
  const ready = await untilReady(placed.id);
  expect(ready.lines[0].byState).toEqual({ readyForPickup: 3 });
  await collect(ready);
  const done = await shop.untilOrder(placed.id, (each) => each.paymentStatus === 'captured');
  expect(done.payments[0].captured.amount).toBe(3 * piecePrice + shippingPrice);
  await expectSoundStock();
});

test('what nobody collects becomes the stock of the store, and nothing is charged', async () => {
  await shop.stock('PK-LEFT', { north: 1 });
  const placed = await place('left', [{ sku: 'PK-LEFT', quantity: 1 }]);
  await arrive(workOf(await send(placed.id), 'shipToStore'));
  await untilReady(placed.id);
  await shop.fastForward(placed.id, 'P8D');
  const ended = await shop.untilOrder(
    placed.id,
    (each) => each.status === 'cancelled' && each.waitingFor.length === 0,
  );
  expect(ended.payments[0]).toMatchObject({ status: 'voided', captured: { amount: 0 } });
  expect(await stockAt('PK-LEFT', 'milano')).toMatchObject({ onHand: 1, allocated: 0, available: 1 });
  expect(await causesAt('PK-LEFT', 'milano')).toEqual(['pickupArrived', 'deadline']);
  await expectSoundStock();
});

test('an order that is cancelled while its goods are on the way leaves them to the store', async () => {
  await shop.stock('PK-STOP', { north: 2, milano: 1 });
  const placed = await place('stop', [{ sku: 'PK-STOP', quantity: 3 }]);
  await shop.as.warehouse.post(`/v1/fulfillments/${workOf(await shop.order(placed.id), 'pickup').id}/ready`);
  const left = await send(placed.id);
  const sent = workOf(left, 'shipToStore');
  await shop.as.support.post(`/v1/orders/${placed.id}/cancel`, { reason: 'changedMind' });
  const ended = await shop.untilOrder(placed.id, (each) => each.waitingFor.length === 0);
  expect(ended).toMatchObject({ status: 'cancelled', payments: [{ status: 'voided' }] });
  await expect(arrive(sent)).rejects.toThrow(/take it in as stock, by the transfer tra_/);
  expect(await stockAt('PK-STOP', 'milano')).toMatchObject({ onHand: 1, allocated: 0, incoming: 2 });
  const { items } = await shop.as.warehouse.get<OrderView>('/v1/transfers', { locationId: 'milano' });
  const coming = items.find((each: OrderView) => each.reference === placed.number);
  await shop.as.warehouse.post(`/v1/transfers/${coming.id}/receive`, {
    lines: [{ sku: 'PK-STOP', quantity: 2 }],
  });
  expect(await stockAt('PK-STOP', 'milano')).toMatchObject({ onHand: 3, available: 3, incoming: 0 });
  await expectSoundStock();
});

test('pieces are cancelled where they are: at the sender, and at the store, but not on the way', async () => {
  await shop.stock('PK-FEWER', { north: 3 });
  const placed = await place('fewer', [{ sku: 'PK-FEWER', quantity: 3 }]);
  const [line] = (await shop.order(placed.id)).lines;
  const cancelOne = (key: string) =>
    shop.as.support.post(
      `/v1/orders/${placed.id}/cancel`,
      { lines: [{ lineId: line.id, quantity: 1 }], reason: 'changedMind' },
      { idempotencyKey: key },
    );
  await cancelOne('pickup-fewer-1');
  expect(await stockAt('PK-FEWER', 'north')).toMatchObject({ allocated: 2, available: 1 });
  const left = await send(placed.id);
  await expect(cancelOne('pickup-fewer-2')).rejects.toThrow(/on the way to the store/);
  await shop.as.support.post(`/v1/orders/${placed.id}/hold`, { reason: 'somebody asks' });
  await arrive(workOf(left, 'shipToStore'));
  await cancelOne('pickup-fewer-3');
  expect(await stockAt('PK-FEWER', 'milano')).toMatchObject({ onHand: 2, allocated: 1, available: 1 });
  await shop.as.support.post(`/v1/orders/${placed.id}/release`, {});
  const ready = await untilReady(placed.id);
  expect(workOf(ready, 'pickup').lines).toMatchObject([{ quantity: 1 }]);
  await collect(ready);
  // What was cancelled is never asked for.
  const sum = piecePrice + shippingPrice;
  await shop.untilOrder(placed.id, (each) => each.payments[0].captured.amount === sum);
  await expectSoundStock();
});

test('a store that cannot find its own pieces gets them from others', async () => {
  await shop.stock('PK-REFUSED', { milano: 1, north: 1 });
  const placed = await place('refused', [{ sku: 'PK-REFUSED', quantity: 1 }]);
  const own = workOf(await shop.order(placed.id), 'pickup');
  await shop.as.warehouse.post(`/v1/fulfillments/${own.id}/reject`, { reason: 'outOfStock' });
  const anew = await untilSentAnew(placed.id);
  expect(workOf(anew, 'shipToStore')).toMatchObject({ locationId: 'north', pickupLocationId: 'milano' });
});

test('pieces that nobody has are sent when others get them, and are handed over when the store does', async () => {
  const placed = await place('nobody', [{ sku: await unstocked('PK-NOBODY'), quantity: 2 }]);
  expect((await shop.order(placed.id)).decision).toBe('backordered');
  await shop.stock('PK-NOBODY', { north: 1 });
  await untilSentAnew(placed.id);
  await shop.stock('PK-NOBODY', { milano: 1 });
  const begun = await shop.untilOrder(placed.id, (each) => workOf(each, 'pickup')?.locationId === 'milano');
  await shop.untilOrder(placed.id, (each) => each.decision === 'confirmed');
  await arrive(workOf(await send(placed.id), 'shipToStore'));
  await shop.as.warehouse.post(`/v1/fulfillments/${workOf(begun, 'pickup').id}/ready`);
  const ready = await untilReady(placed.id);
  expect(ready.lines[0].byState).toEqual({ readyForPickup: 2 });
});

async function unstocked(sku: string): Promise<string> {
  await shop.stock(sku, {});
  return sku;
}

test('what was held for the cart becomes the work of the store and of who sends the rest', async () => {
  await shop.stock('PK-CART', { milano: 1, north: 2 });
  const lines = [{ sku: 'PK-CART', quantity: 3 }];
  const reservationId = 'pickup-cart-held';
  const cart = { id: reservationId, channel: 'web', locationId: 'milano', country: 'IT', lines };
  await shop.as.channel.post('/v1/reservations', cart);
  // Nobody else gets them meanwhile.
  expect((await place('cart-other', lines)).decision).toBe('backordered');
  const placed = await shop.place({
    ...{ reference: 'pickup-cart', lines, mode: 'pickup', locationId: 'milano', reservationId },
  });
  expect(placed.decision).toBe('confirmed');
  const view = await shop.order(placed.id);
  expect(view.fulfillments.map(({ mode, locationId }: OrderView) => [mode, locationId])).toEqual([
    ['pickup', 'milano'],
    ['shipToStore', 'north'],
  ]);
  await expectSoundStock();
});

test('a parcel of which nobody said that it left is taken in all the same', async () => {
  await shop.stock('PK-UNSAID', { north: 1 });
  const placed = await place('unsaid', [{ sku: 'PK-UNSAID', quantity: 1 }]);
  const view = await shop.order(placed.id);
  await shop.pack(view, workOf(view, 'shipToStore').id);
  await arrive(workOf(view, 'shipToStore'));
  const ready = await untilReady(placed.id);
  expect(await stockAt('PK-UNSAID', 'north')).toMatchObject({ onHand: 0, allocated: 0 });
  await collect(ready);
  await shop.untilOrder(placed.id, (each) => each.paymentStatus === 'captured');
  await expectSoundStock();
});

test('a store without stock may not be chosen where it refuses, and waits where it says nothing', async () => {
  const refusing = {
    type: 'store',
    name: 'Torino',
    address: { name: 'Torino', line1: 'Via Po 1', city: 'Torino', postalCode: '10121', country: 'IT' },
    capabilities: ['pickup'],
    pickupWhenShort: 'refuse',
  };
  await shop.as.admin.put('/v1/locations/torino', refusing);
  await shop.stock('PK-NONE', { north: 5, torino: 1 });
  const at = (reference: string, quantity: number, locationId: string) =>
    shop.place({
      reference: `pickup-${reference}`,
      lines: [{ sku: 'PK-NONE', quantity }],
      mode: 'pickup',
      locationId,
    });
  await expect(at('none', 2, 'torino')).rejects.toMatchObject({
    status: 422,
    problem: {
      errors: [
        { pointer: '/delivery/locationId', detail: expect.stringContaining('has 1 of 2 × "PK-NONE"') },
      ],
    },
  });
  const own = await at('one', 1, 'torino');
  expect(own.decision).toBe('confirmed');
  const waits = await at('waits', 1, 'store');
  expect(waits.decision).toBe('backordered');
  // An order is not changed to be collected there either, nor to have more there than there is.
  const edit = (id: string, body: object) => shop.as.support.post<OrderView>(`/v1/orders/${id}/edits`, body);
  const refusal = (pointer: string, words: string) => ({
    status: 422,
    problem: { errors: [{ pointer, detail: expect.stringContaining(words) }] },
  });
  const delivery = { mode: 'pickup', locationId: 'torino' };
  const words = '"torino" hands over only what it has, and has 0 of 1 × "PK-NONE"';
  for (const { id } of [await at('sent', 1, 'milano'), waits]) {
    await expect(edit(id, { delivery })).rejects.toMatchObject(refusal('/delivery/locationId', words));
    await expect(shop.as.support.post(`/v1/orders/${id}/edits/preview`, { delivery })).rejects.toMatchObject(
      refusal('/delivery/locationId', words),
    );
  }
  const { lines } = await shop.order(own.id);
  const more = { lines: [{ lineId: lines[0].id, quantity: 2 }] };
  await expect(edit(own.id, more)).rejects.toMatchObject(refusal('/lines', words));
  await shop.stock('PK-NONE', { torino: 1 });
  expect((await edit(own.id, more)).lines[0].byState).toEqual({ allocated: 2 });
});

test('an order that is held before it is sourced may not be changed to a store that lacks something', async () => {
  await shop.stock('PK-HELD', { north: 1 });
  const web = { type: 'webshop', name: 'Test shop' };
  await shop.as.admin.put('/v1/channels/web', { ...web, settings: { holdAbove: 1 } });
  const placed = await shop.place({ reference: 'pickup-held', lines: [{ sku: 'PK-HELD', quantity: 1 }] });
  await shop.untilOrder(placed.id, ({ status }) => status === 'onHold');
  await shop.as.admin.put('/v1/channels/web', web);
  await expect(
    shop.as.support.post(`/v1/orders/${placed.id}/edits`, {
      delivery: { mode: 'pickup', locationId: 'torino' },
    }),
  ).rejects.toMatchObject({
    problem: { errors: [{ pointer: '/delivery/locationId', detail: expect.stringMatching(/has 0 of 1/) }] },
  });
});

describe('of a pickup of which nobody has some pieces yet', () => {
  beforeAll(async () => {
    const scenario = {
      ...{ code: 'all', when: { all: [] }, decides: 'software', filters: [], scores: {} },
      ...{ allocation: { split: 'allow', respectPreference: true }, onShortage: { then: 'backorder' } },
    };
    await shop.as.admin.put('/v1/rules/draft', { name: 'wishes', currency: 'EUR', scenarios: [scenario] });
    await shop.as.admin.post('/v1/rules/publish', { note: 'customers say how it is divided' });
  });

  /** One piece is at the store, one is sent there, and one nobody has. */
  async function short(reference: string, preference?: object): Promise<OrderView> {
    const skus = ['OWN', 'SENT', 'LATER'].map((each) => `PK-${reference}-${each}`);
    await shop.stock(skus[0]!, { milano: 1 });
    await shop.stock(skus[1]!, { north: 1 });
    await shop.stock(skus[2]!, {});
    const lines = skus.map((sku) => ({ sku, quantity: 1 }));
    const { id } = await shop.place({
      ...{ reference: `pickup-${reference}`, lines, mode: 'pickup', locationId: 'milano' },
      ...(preference && { preference }),
    });
    const view = await shop.order(id);
    expect(view.decision).toBe('backordered');
    expect(view.fulfillments.map((each: OrderView) => [each.mode, each.locationId])).toEqual([
      ['pickup', 'milano'],
      ['shipToStore', 'north'],
    ]);
    return view;
  }

  const takeUp = async (id: string): Promise<void> => {
    const own = (await shop.order(id)).fulfillments.find(
      ({ mode, status }: OrderView) => mode === 'pickup' && status === 'allocated',
    );
    if (own) await shop.as.warehouse.post(`/v1/fulfillments/${own.id}/ready`);
    const left = await send(id);
    for (const work of left.fulfillments.filter(({ status }: OrderView) => status === 'toStore'))
      await arrive(work);
  };
  const bringLast = async ({ id, lines }: OrderView, before: number): Promise<void> => {
    await shop.stock(lines[2].sku, { north: 1 });
    await shop.untilOrder(id, ({ fulfillments }) => fulfillments.length > before);
    await untilSentAnew(id);
  };
  const tellingOf = async (id: string): Promise<OrderView> =>
    (await mailsOf(system.db, id, 'backordered'))[0]!.data.pickup;
  const waits = (view: OrderView): string[] => view.waitingFor.map(({ what }: OrderView) => what);
  const readyMails = async (id: string): Promise<number> =>
    (await templatesOf(system.db, id)).filter((mail) => mail === 'readyForPickup').length;
  const isReady = ({ status }: OrderView): boolean => status === 'readyForPickup';

  test('the rest is a pickup by itself when the order may be divided, and the customer is told so', async () => {
    const begun = await short('DIVIDED');
    expect(await tellingOf(begun.id)).toEqual({
      ...{ locationName: 'Milano Brera', isTogether: false, isLater: true },
    });
    expect(begun.promise.reasons[0]).toBe('It comes in 2 parts and is complete with the last');
    await takeUp(begun.id);
    const first = await untilReady(begun.id);
    expect(first.fulfillments.find(isReady).lines).toHaveLength(2);
    await bringLast(begun, first.fulfillments.length);
    await takeUp(begun.id);
    await shop.untilOrder(begun.id, ({ fulfillments }) => fulfillments.filter(isReady).length === 2);
    expect(await readyMails(begun.id)).toBe(2);
  });

  test('the rest waits at the store when the order is to be consolidated: one pickup, one mail', async () => {
    const begun = await short('GATHERED', { split: 'consolidate' });
    expect(waits(begun)).toContain('stock to come in, so that all can be collected together');
    expect(await tellingOf(begun.id)).toEqual({
      ...{ locationName: 'Milano Brera', isTogether: true, isLater: false },
    });
    expect(begun.promise.reasons[0]).toBe('It comes together, and waits for the last of it');
    const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${begun.id}/sourcing`);
    expect(items[0].decision.summary).toContain('the store keeps the rest until they have come');
    await takeUp(begun.id);
    await bringLast(begun, 2);
    expect((await shop.order(begun.id)).lines.map(({ byState }: OrderView) => byState)).toEqual([
      { atStore: 1 },
      { atStore: 1 },
      { allocated: 1 },
    ]);
    await takeUp(begun.id);
    const ready = await untilReady(begun.id);
    expect(ready.fulfillments.find(isReady).lines).toHaveLength(3);
    await collect(ready);
    const done = await shop.untilOrder(begun.id, (each) => each.paymentStatus === 'captured');
    expect(done.payments[0].captured.amount).toBe(3 * piecePrice + shippingPrice);
    expect(await readyMails(begun.id)).toBe(1);
    await expectSoundStock();
  });

  test('the rest is handed over when what it waits for is given up', async () => {
    const begun = await short('LAPSED', { split: 'consolidate' });
    await takeUp(begun.id);
    expect((await shop.order(begun.id)).fulfillments.some(isReady)).toBe(false);
    await shop.fastForward(begun.id, 'P31D');
    const ready = await untilReady(begun.id);
    expect(ready.lines.map(({ byState }: OrderView) => byState)).toEqual([
      { readyForPickup: 1 },
      { readyForPickup: 1 },
      { cancelled: 1 },
    ]);
    await expectSoundStock();
  });

  test('nothing of it leaves before all is there when the order is to be complete: one pickup as well', async () => {
    const begun = await short('COMPLETE', { shipComplete: true });
    expect(waits(begun)).toContain('stock to come in, so that all can leave together');
    expect(await tellingOf(begun.id)).toMatchObject({ isTogether: true });
    expect(begun.fulfillments.map(({ releasedAt }: OrderView) => releasedAt)).toEqual([null, null]);
    await bringLast(begun, 2);
    await shop.untilOrder(begun.id, ({ fulfillments }) =>
      fulfillments.every(
        ({ releasedAt, status }: OrderView) => releasedAt !== null || status === 'cancelled',
      ),
    );
    await takeUp(begun.id);
    const ready = await untilReady(begun.id);
    expect(ready.fulfillments.find(isReady).lines).toHaveLength(3);
    expect(await readyMails(begun.id)).toBe(1);
  });

  test('a piece that is lost on the way, and that nobody has any more, is waited for as well', async () => {
    await shop.stock('PK-GONE', { north: 1, milano: 1 });
    const placed = await shop.place({
      ...{ reference: 'pickup-gone', lines: [{ sku: 'PK-GONE', quantity: 2 }], mode: 'pickup' },
      ...{ locationId: 'milano', preference: { shipComplete: true } },
    });
    await shop.as.warehouse.post(
      `/v1/fulfillments/${workOf(await shop.order(placed.id), 'pickup').id}/ready`,
    );
    await shop.report(await send(placed.id), 'lost');
    await shop.untilOrder(placed.id, ({ lines }) => lines[0].byState.backordered === 1);
    await shop.stock('PK-GONE', { south: 1 });
    await untilSentAnew(placed.id);
    await arrive((await send(placed.id)).fulfillments.find(({ status }: OrderView) => status === 'toStore'));
    const ready = await untilReady(placed.id);
    expect(ready.lines[0].byState).toEqual({ readyForPickup: 2 });
    expect(await readyMails(placed.id)).toBe(1);
    await expectSoundStock();
  });
});
