import { readStock } from '../../store/stock/read-stock';
import { openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => (warehouse = await openWarehouse()));
afterAll(() => warehouse?.close());

test('the little that one location has is not looked for among the stock of all others', async () => {
  const { db, freshSku, receive } = warehouse;
  const sku = await freshSku();
  await receive(sku, 'beta', 3);
  await db.raw(
    `INSERT INTO products (sku, title) SELECT 'FILLER-' || n, 'f' FROM generate_series(1, 20000) AS n`,
  );
  await db.raw(`
    INSERT INTO stock (sku, location_id, on_hand) SELECT sku, 'alpha', 1 FROM products WHERE sku LIKE 'FILLER-%'`);
  await db.raw('VACUUM ANALYZE stock');
  const asked: string[] = [];
  db.on('query', ({ sql }: { sql: string }) => asked.push(sql));
  const page = await readStock(db, { locationId: 'beta', limit: 50 });
  expect(page.items.map((level) => level.sku)).toEqual([sku]);
  const plan = await db.raw(`EXPLAIN (FORMAT JSON) ${asked[0]!.replace(/\$\d/g, '?')}`, ['beta', 51]);
  const text = JSON.stringify(plan.rows);
  expect(text).toContain('"Index Name":"stock_by_location"');
  expect(text).not.toContain('Seq Scan');
});
