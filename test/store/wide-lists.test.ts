import { connect, type Database } from '../../store/connect';
import { listPrices } from '../../store/price-list/find-price-list';
import { listPurchaseOrders } from '../../store/purchasing/list-purchase-orders';
import { listFulfillments } from '../../store/read/list-fulfillments';
import { listOrders } from '../../store/read/list-orders';
import { listStockTransfers } from '../../store/stock-transfer/list-transfers';
import { endCountWaitsByFeed } from '../../store/stock/count-wait';
import { listLedger } from '../../store/stock/list-ledger';
import { createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  db = connect(database.url, 2);
  await db.transaction(async (trx) => {
    await trx.raw('SET LOCAL session_replication_role = replica');
    await trx.raw(manyRows);
  });
  await db.raw('VACUUM ANALYZE');
}, 60_000);
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

/** A year of a house with one large location and a small one, where nothing happens. */
const manyRows = `
  INSERT INTO locations (id, type, name, address)
    SELECT id, 'store', id, '{"city": "Roma", "country": "IT"}' FROM unnest('{large,small,hub}'::text[]) AS id;
  INSERT INTO channels (code, type, name, settings) VALUES ('web', 'webshop', 'Web', '{}');
  INSERT INTO products (sku, title) SELECT 'SKU-' || n, 'Thing ' || n FROM generate_series(1, 20000) AS n;
  INSERT INTO orders (id, number, channel, external_reference, currency, total, content, search_text, placed_at)
    SELECT 'ord_' || n, n, 'web', n, 'EUR', 0,
      '{"delivery": {"mode": "ship"}, "shippingAddress": {}, "shipping": {"method": "standard"}}',
      n || ' ' || md5(n::text) || '@example.org anna ' || CASE n WHEN 7 THEN 'li' ELSE 'bianchi' END, now() FROM generate_series(1, 20000) AS n;
  INSERT INTO fulfillments (id, order_id, location_id, mode, status, released_at)
    SELECT 'ful_' || n, 'ord_' || n, 'large', 'ship', CASE WHEN n > 19990 THEN 'allocated' ELSE 'delivered' END,
           now() + n * interval '1 minute' FROM generate_series(1, 20000) AS n;
  INSERT INTO stock_ledger (key, sku, location_id, cause, on_hand, at)
    SELECT n, 'SKU-' || n, 'large', 'receipt', 1, '2026-01-01'::timestamptz + n * interval '1 minute'
    FROM generate_series(1, 20000) AS n;
  INSERT INTO stock_transfers (id, from_location_id, to_location_id, status, requested_by, requested_at)
    SELECT 'tra_' || n, 'large', 'hub', 'received', 'x', now() + n * interval '1 minute'
    FROM generate_series(1, 20000) AS n;
  INSERT INTO suppliers (id, name, currency, locale, lead_time_days, over_percent)
    VALUES ('mill', 'Mill', 'EUR', 'it', 3, 0);
  INSERT INTO purchase_orders (id, number, supplier_id, location_id, currency, status, content, created_by, created_at)
    SELECT 'pur_' || n, n, 'mill', 'large', 'EUR', 'received', '{}', 'x', now() + n * interval '1 minute'
    FROM generate_series(1, 20000) AS n;
  INSERT INTO order_waits (order_id, key, what, since, then_what)
    SELECT id, 'payment', 'x', now(), 'x' FROM orders UNION ALL SELECT 'ord_7', 'count:SKU-7', 'x', now(), 'x';
  INSERT INTO stock_feeds (id, location_id, mode, taken_at, actor) VALUES ('fed', 'large', 'full', now(), 'x');
  INSERT INTO price_lists (code, name, currency) VALUES ('trade', 'Trade', 'EUR');
  INSERT INTO price_list_prices (list, sku, amount) SELECT 'trade', sku, 100 FROM products`;

const limit = 50;
const lists: Record<string, [list: () => Promise<unknown>, index: string]> = {
  'orders by a name of two letters': [() => listOrders(db, { q: 'Li', limit }), 'orders_search'],
  'orders by the first letter of a name': [() => listOrders(db, { q: 'anna l', limit }), 'orders_search'],
  'orders by any part of a mail address': [() => listOrders(db, { q: 'a1b2c', limit }), 'orders_search'],
  'orders by a name with a sign in between': [
    () => listOrders(db, { q: 'anna & l', limit }),
    'orders_search',
  ],
  'all work': [() => listFulfillments(db, { limit }), 'fulfillments_released'],
  'work that is open, wherever it is': [
    () => listFulfillments(db, { status: 'allocated', limit }),
    'fulfillments_by_status',
  ],
  'work of one location': [() => listFulfillments(db, { locationId: 'small', limit }), 'fulfillments_'],
  'what a location did long ago': [
    () => listFulfillments(db, { locationId: 'large', status: 'delivered', limit }),
    'fulfillments_',
  ],
  'movements of a quiet location': [
    () => listLedger(db, { locationId: 'small', limit }),
    'stock_ledger_by_location',
  ],
  'movements of the last minutes': [
    () => listLedger(db, { from: '2027-01-01T00:00:00Z', limit }),
    'stock_ledger_at',
  ],
  'transfers in a state': [
    () => listStockTransfers(db, { status: 'shipped', limit }),
    'stock_transfers_by_status',
  ],
  'transfers of a location': [
    () => listStockTransfers(db, { locationId: 'small', limit }),
    'stock_transfers_to',
  ],
  'purchase orders in a state': [
    () => listPurchaseOrders(db, { status: 'sent', limit }),
    'purchase_orders_by_status',
  ],
  'who waits for a count that a feed has brought': [
    () => endCountWaitsByFeed(db, 'fed'),
    'order_waits_for_count',
  ],
  'prices by a part of their title': [
    () => listPrices(db, { code: 'trade', q: 'thing 777', limit }),
    'products_search',
  ],
};

test('orders by signs alone are none, and nothing is read for them', async () => {
  const queries = await queriesOf(async () =>
    expect((await listOrders(db, { q: ' *** ', limit })).items).toEqual([]),
  );
  expect(queries).toEqual([]);
  expect((await listOrders(db, { q: 'anna & l', limit })).items).not.toEqual([]);
});

test.each(Object.entries(lists))(
  '%s: an index leads to what is told, and little else is read',
  async (_, [list, index]) => {
    const plan = await planOf(list);
    expect(plan).toContain(`"Index Name":"${index}`);
    const read = [...plan.matchAll(/"Actual Rows":([\d.]+)/g)].map(([, rows]) => Number(rows));
    expect(Math.max(...read)).toBeLessThan(500);
    const removed = [...plan.matchAll(/"Rows Removed by Filter":([\d.]+)/g)].map(([, rows]) => Number(rows));
    expect(Math.max(0, ...removed)).toBeLessThan(500);
  },
);

async function planOf(list: () => Promise<unknown>): Promise<string> {
  const { sql, bindings } = (await queriesOf(list))[0]!;
  const { rows } = await db.raw(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql.replace(/\$\d+/g, '?')}`, bindings);
  return JSON.stringify(rows);
}

async function queriesOf(act: () => Promise<unknown>): Promise<{ sql: string; bindings: never[] }[]> {
  const asked: { sql: string; bindings: never[] }[] = [];
  const hear = (query: { sql: string; bindings: never[] }) => void asked.push(query);
  db.on('query', hear);
  await act();
  db.off('query', hear);
  return asked;
}
