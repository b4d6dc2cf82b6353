import { shipAllocations } from '../../store/stock/ship-allocations';
import { recordMovement } from '../../store/stock/record-movement';
import { atMinute, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => (warehouse = await openWarehouse()));
afterAll(() => warehouse?.close());

const atDay = (days: number): string => atMinute(days * 1440);
let keys = 0;

async function move(
  sku: string,
  day: number,
  movement: { type: 'receipt' | 'adjustment' | 'quarantine'; quantity: number },
) {
  const moved = await recordMovement(warehouse.db, {
    key: `fact-${(keys += 1)}`,
    movement: { sku, locationId: 'alpha', reason: 'test', ...movement },
    actor: 'test',
    at: atDay(day),
  });
  expect(moved.outcome).toBe('done');
}

test('stock is as old as the oldest pieces that are still there, first in first out', async () => {
  const { freshSku, receive, store } = warehouse;
  const [sku, elsewhere] = [await freshSku(), await freshSku()];
  const age = async (day: number) =>
    (await store.readStockAges({ skus: [sku, elsewhere], at: atDay(day) })).alpha?.[sku];
  await receive(elsewhere, 'beta', 1);
  expect(await age(1)).toBeUndefined();
  await move(sku, 0, { type: 'receipt', quantity: 5 });
  await move(sku, 10, { type: 'receipt', quantity: 5 });
  expect(await age(10)).toBe(10);
  expect(await age(10.9)).toBe(10);
  await move(sku, 11, { type: 'adjustment', quantity: -4 });
  expect(await age(12)).toBe(12);
  // The last of the first are gone: what is there came on the tenth day.
  await move(sku, 12, { type: 'adjustment', quantity: -1 });
  expect(await age(12)).toBe(2);
  // What lies there spoilt is no reason to send something quickly.
  await move(sku, 13, { type: 'receipt', quantity: 2 });
  await move(sku, 13, { type: 'quarantine', quantity: 5 });
  expect(await age(14)).toBe(1);
  await move(sku, 14, { type: 'quarantine', quantity: 2 });
  expect(await age(14)).toBeUndefined();
  expect(await store.readStockAges({ skus: [elsewhere], at: atDay(3) })).toEqual({
    beta: { [elsewhere]: 3 },
  });
});

test('there is too much of what lies above its target, or what does not sell in 90 days', async () => {
  const { db, freshSku, recordOrder, source, store } = warehouse;
  const sku = await freshSku();
  const isTooMuch = async (day: number) =>
    (await store.readOverstock({ skus: [sku], at: atDay(day) })).alpha?.[sku];
  await move(sku, 0, { type: 'receipt', quantity: 12 });
  expect(await isTooMuch(13)).toBe(false);
  // Nobody has ever bought one.
  expect(await isTooMuch(14)).toBe(true);
  const order = await recordOrder({ lines: [{ sku, quantity: 3 }] });
  await source(order);
  const keys = await db('allocations').where('order_id', order.id).pluck('key');
  await shipAllocations(db, { keys, at: atDay(5), actor: 'test', reference: order.number });
  // 3 in 20 days are 13.5 in 90: 9 are not too many; after 40 days they are 6.75.
  expect(await isTooMuch(20)).toBe(false);
  expect(await isTooMuch(40)).toBe(true);
  const point = { sku, location_id: 'alpha', point: 2, owner: 'office', is_computed: false };
  await db('reorder_points').insert({
    ...point,
    mode: 'propose',
    target: 9,
    service_level: 95,
    cover_days: 7,
  });
  expect(await isTooMuch(40)).toBe(false);
  await db('reorder_points').where({ sku }).update({ target: 8 });
  expect(await isTooMuch(1)).toBe(true);
  await db('reorder_points').where({ sku }).update({ mode: 'off' });
  expect(await isTooMuch(1)).toBe(false);
});
