import { createApiClient, type ApiClient } from '../../api/client';
import { recordPlaced } from '../api/support/fake-orders';
import { eur, orderInput, setUp } from '../api/support/samples';
import { keyOf } from '../api/support/server';
import { startTestConsole, type TestConsole } from './support/console-server';
import type { TestVisitor } from './support/visitor';

let console: TestConsole;
let visitor: TestVisitor;
let order: string;
let purchaseOrder: string;
let asked: string[] = [];

beforeAll(async () => {
  console = await startTestConsole();
  await setUp(console.api);
  visitor = await console.as('admin');
  console.api.orders.onStart = (placed) => recordPlaced(console.api.db, placed, 'confirmed');
  const as = (role: 'admin' | 'channel'): ApiClient =>
    createApiClient({ baseUrl: console.api.url, key: keyOf(role) });
  ({ id: order } = await as('channel').post<{ id: string }>('/v1/orders', orderInput(), { wait: 10 }));
  await as('admin').put('/v1/suppliers/mill', { name: 'Mill', currency: 'EUR', leadTimeDays: 3 });
  await as('admin').put('/v1/suppliers/mill/items/SHIRT', { cost: eur(400), packSize: 6 });
  ({ id: purchaseOrder } = await as('admin').post<{ id: string }>('/v1/purchase-orders', {
    ...{ supplierId: 'mill', locationId: 'warehouse', lines: [{ sku: 'SHIRT', quantity: 6 }] },
  }));
  await console.api.db('locations').where('id', 'store').update('assortment', 'listed');
  // A key is looked up anew every few seconds, whatever is asked for.
  console.api.db.on('query', ({ sql }: { sql: string }) => {
    if (!sql.includes('"api_keys"')) asked.push(sql);
  });
});
afterAll(() => console.close());

const pages = (): string[] => [
  ...[
    '/orders',
    `/orders/${order}`,
    `/orders/${order}/edit`,
    '/exceptions',
    '/locations',
    '/set-up/locations',
  ],
  ...['/sell', '/sell?store=store', '/arrivals', '/arrivals?store=store', '/replenish?store=store'],
  ...['/stock', '/stock/movements', '/stock/feeds', '/stock/buffers', '/stock/safety', '/transfers'],
  ...[
    '/transfers/new?fromLocationId=warehouse',
    '/purchase-orders',
    `/purchase-orders/${purchaseOrder}/edit`,
  ],
  ...['/purchase-requests', '/reorder-points', '/suppliers/mill', '/tariffs', '/price-lists'],
];

async function queriesOf(path: string): Promise<number> {
  asked = [];
  expect((await visitor.get(path)).status).toBe(200);
  return asked.length;
}

async function countQueries(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const path of pages()) counts[path] = await queriesOf(path);
  return counts;
}

it('asks the database as often in a house of hundreds of locations as in one of two', async () => {
  const narrow = await countQueries();
  await console.api.db.raw(`
    INSERT INTO locations (id, type, name, address, capabilities)
      SELECT 'wide-' || n, 'store', 'Wide ' || n, '{"city": "Roma", "country": "IT"}', '{pickup}'
      FROM generate_series(1, 450) AS n;
    INSERT INTO products (sku, title) SELECT 'FAR-' || n, 'Far ' || n FROM generate_series(1, 650) AS n;
    INSERT INTO supplier_items (supplier_id, sku, cost)
      SELECT 'mill', 'FAR-' || n, 100 FROM generate_series(1, 650) AS n;
    INSERT INTO location_assortment (location_id, sku)
      SELECT 'store', 'FAR-' || n FROM generate_series(1, 650) AS n`);
  expect(await countQueries()).toEqual(narrow);
});

it('tells how a supplier sells what is ordered, wherever it stands in a long list', async () => {
  const { text } = await visitor.get(`/purchase-orders/${purchaseOrder}/edit`);
  expect(text).toContain('packs of 6');
});

it.each([
  ['cap', 'not carried here'],
  ['FAR-7', 'none here'],
])('looks up of a long assortment only what was found: %s', async (q, words) => {
  asked = [];
  expect((await visitor.get(`/sell?store=store&q=${q}`)).text).toContain(words);
  expect(asked.filter((sql) => sql.includes('location_assortment'))).toHaveLength(1);
});
