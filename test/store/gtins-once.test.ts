import { up } from '../../migrations/078-gtins-once';
import { connect, type Database } from '../../store/connect';
import { createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  db = connect(database.url, 2);
  await db.raw('DROP INDEX products_gtin_once');
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

const product = (sku: string, gtin: string | null) => ({ sku, title: sku, gtin });

test('products that share a GTIN are named before it must be one of its own; the rest is as it was', async () => {
  await db('products').insert([
    product('TWIN-A', '73513537'),
    product('TWIN-B', '00000073513537'),
    product('LONE', '96385074'),
    ...['NONE-1', 'NONE-2'].map((sku) => product(sku, null)),
  ]);
  await expect(up(db)).rejects.toThrow('00000073513537 is that of TWIN-A and TWIN-B');
  await db('products').where('sku', 'TWIN-B').update({ gtin: null });
  await up(db);
  await expect(db('products').insert(product('TWIN-C', '0000073513537'))).rejects.toMatchObject({
    constraint: 'products_gtin_once',
  });
});
