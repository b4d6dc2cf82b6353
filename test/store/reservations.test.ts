import { expireReservations } from '../../store/reservation/expire-reservations';
import { releaseReservation } from '../../store/reservation/change-reservation';
import { holdReservation } from '../../store/reservation/hold-reservation';
import { findReservation } from '../../store/reservation/reservation-view';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { setSafetyStock } from '../../store/stock/set-safety-stock';
import { at, atMinute, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => (warehouse = await openWarehouse()));
afterAll(() => warehouse?.close());
afterEach(async () => expect(await findStockDifferences(warehouse.db)).toEqual([]));

const actor = 'test';
let carts = 0;

async function hold(
  sku: string,
  locationId: string,
  quantity: number,
  { keepBack = 0, expiresAt = atMinute(15), channel = 'web' } = {},
) {
  const id = `cart-${(carts += 1)}`;
  const { outcome } = await holdReservation(warehouse.db, {
    ...{ id, channel, country: 'IT', locationId: null, lines: [{ sku, quantity }], expiresAt, actor, at },
    pieces: [{ sku, locationId, quantity, keepBack }],
  });
  return { id, outcome };
}

const levelsOf = (sku: string) =>
  warehouse.db('stock').where({ sku }).orderBy('location_id').select('location_id', 'reserved', 'allocated');
const storyOf = (orderId: string) =>
  warehouse
    .db('order_events')
    .where('order_id', orderId)
    .whereLike('type', 'reservation%')
    .select('type', 'data');

test('a cart takes neither safety stock nor what is kept back from its channel', async () => {
  const { db, freshSku, receive } = warehouse;
  const sku = await freshSku();
  await receive(sku, 'alpha', 5);
  await setSafetyStock(db, { key: `s-${sku}`, sku, locationId: 'alpha', safetyStock: 2, actor, at });
  expect((await hold(sku, 'alpha', 3, { keepBack: 1 })).outcome).toBe('stale');
  expect((await hold(sku, 'alpha', 2, { keepBack: 1 })).outcome).toBe('held');
  expect((await hold(sku, 'alpha', 2)).outcome).toBe('stale');
});

test('many carts at the same time hold what there is and not a piece more', async () => {
  const { freshSku, receive } = warehouse;
  const sku = await freshSku();
  await receive(sku, 'alpha', 7);
  const held = await Promise.all(Array.from({ length: 20 }, () => hold(sku, 'alpha', 1)));
  expect(held.filter(({ outcome }) => outcome === 'held')).toHaveLength(7);
});

test('the pieces of a cart become its order’s while others grasp for them', async () => {
  const { freshSku, receive, recordOrder, source } = warehouse;
  const sku = await freshSku();
  await receive(sku, 'alpha', 3);
  const { id } = await hold(sku, 'alpha', 3);
  const order = await recordOrder({ lines: [{ sku, quantity: 3 }], reservationId: id });
  const others = await Promise.all(
    Array.from({ length: 6 }, () => recordOrder({ lines: [{ sku, quantity: 1 }] })),
  );
  const [sourced] = await Promise.all([source(order), ...others.map((other) => source(other))]);
  expect(sourced).toMatchObject({ fulfillments: [{ locationId: 'alpha' }], backordered: [] });
  expect(await levelsOf(sku)).toEqual([{ location_id: 'alpha', reserved: 0, allocated: 3 }]);
  expect(await findReservation(warehouse.db, id)).toMatchObject({ status: 'converted', orderId: order.id });
  expect(await releaseReservation(warehouse.db, { id, actor, at })).toMatchObject({
    ...{ outcome: 'notAllowed', because: expect.stringContaining(`those of the order ${order.id}`) },
  });
  expect(await storyOf(order.id)).toEqual([{ type: 'reservationUsed', data: { reservationId: id } }]);
});

test('safety stock that grows later takes nothing from a cart', async () => {
  const { db, freshSku, receive, recordOrder, source } = warehouse;
  const sku = await freshSku();
  await receive(sku, 'alpha', 3);
  const { id } = await hold(sku, 'alpha', 2);
  await setSafetyStock(db, { key: `s-${sku}`, sku, locationId: 'alpha', safetyStock: 3, actor, at });
  const order = await recordOrder({ lines: [{ sku, quantity: 3 }], reservationId: id });
  const sourced = await source(order);
  expect(sourced.fulfillments).toMatchObject([{ locationId: 'alpha', lines: [{ quantity: 2 }] }]);
  expect(sourced.backordered).toMatchObject([{ quantity: 1 }]);
});

test('what the order takes elsewhere instead goes to the line that waits', async () => {
  const { freshSku, receive, recordOrder, source } = warehouse;
  const [one, other] = [await freshSku(), await freshSku()];
  await receive(one, 'alpha', 1);
  const { id } = await hold(one, 'alpha', 1);
  const waiting = await recordOrder({ lines: [{ sku: one, quantity: 1 }] });
  expect((await source(waiting)).backordered).toHaveLength(1);
  // Only beta has both; it is kept busy until the order comes.
  const blocker = await hold(one, 'alpha', 1);
  expect(blocker.outcome).toBe('stale');
  await receive(other, 'beta', 1);
  await warehouse.db.transaction(async (trx) => {
    // Stock that comes goes to who waits, so the place is made by hand: the order then prefers it.
    await trx('stock').insert({ sku: one, location_id: 'beta', on_hand: 1 });
    const entry = { key: `hand-${one}`, sku: one, location_id: 'beta', cause: 'count', on_hand: 1, at };
    await trx('stock_ledger').insert({ ...entry, actor });
  });
  const lines = [one, other].map((sku) => ({ sku, quantity: 1 }));
  const order = await recordOrder({ lines, reservationId: id });
  expect((await source(order)).fulfillments.map(({ locationId }) => locationId)).toEqual(['beta']);
  expect(await levelsOf(one)).toEqual([
    { location_id: 'alpha', reserved: 0, allocated: 1 },
    { location_id: 'beta', reserved: 0, allocated: 1 },
  ]);
  const served = await warehouse.db('backorders').where('order_id', waiting.id).first('open');
  expect(served).toEqual({ open: 0 });
});

test('an order goes on without a cart that is over, foreign or unknown, and its story says so', async () => {
  const { db, freshSku, receive, recordOrder, source } = warehouse;
  const sku = await freshSku();
  await receive(sku, 'alpha', 9);
  const released = await hold(sku, 'alpha', 1);
  await releaseReservation(db, { id: released.id, actor, at });
  await db('channels').insert({ code: 'other', type: 'webshop', name: 'Other', settings: {} });
  const foreign = await hold(sku, 'alpha', 1, { channel: 'other' });
  const used = await hold(sku, 'alpha', 1);
  await source(await recordOrder({ lines: [{ sku, quantity: 1 }], reservationId: used.id }));
  const told: unknown[] = [];
  for (const reservationId of [released.id, foreign.id, used.id, 'cart-of-nobody']) {
    const order = await recordOrder({ lines: [{ sku, quantity: 1 }], reservationId });
    expect((await source(order)).backordered).toEqual([]);
    told.push(...(await storyOf(order.id)));
  }
  const because = [
    'it was released',
    'no such reservation',
    'another order has its pieces',
    'no such reservation',
  ];
  expect(told).toEqual(
    because.map((text) => ({
      type: 'reservationNotUsed',
      data: expect.objectContaining({ because: expect.stringContaining(text) }),
    })),
  );
  expect(await findReservation(db, foreign.id)).toMatchObject({ status: 'held' });
});

test('carts expire when their time is over, once, and what they held goes to the line that waits', async () => {
  const { db, freshSku, receive, recordOrder, source } = warehouse;
  const sku = await freshSku();
  await receive(sku, 'alpha', 4);
  const early = await hold(sku, 'alpha', 3, { expiresAt: atMinute(5) });
  const late = await hold(sku, 'alpha', 1, { expiresAt: atMinute(50) });
  const order = await recordOrder({ lines: [{ sku, quantity: 2 }] });
  expect((await source(order)).backordered).toMatchObject([{ quantity: 2 }]);
  const sweep = () => expireReservations(db, { at: atMinute(10), limit: 50 });
  const swept = await Promise.all([sweep(), sweep(), sweep()]);
  expect(swept.reduce((sum, { expired }) => sum + expired, 0)).toBe(1);
  expect(swept.flatMap(({ signals }) => signals)).toMatchObject([{ signal: 'backorderAllocated' }]);
  expect(await findReservation(db, early.id)).toMatchObject({ status: 'expired', allowedActions: [] });
  expect(await findReservation(db, late.id)).toMatchObject({ status: 'held' });
  expect(await levelsOf(sku)).toEqual([{ location_id: 'alpha', reserved: 1, allocated: 2 }]);
});
