import { connect, type Database } from '../../store/connect';
import { searchStock, type SearchStockInput } from '../../store/read/console-stock';
import { createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let db: Database;

const places = { 'st-1': 'Roma Tenda', 'st-2': 'Roma Centro', 'dc-100%': 'Deposito' };
const titles = ['Tenda Roma', 'Tenda rossa', 'Zaino Centro', 'Zaino 100%', 'Borraccia'];

beforeAll(async () => {
  database = await createTestDatabase();
  db = connect(database.url, 2);
  await db('locations').insert(
    Object.entries(places).map(([id, name]) => ({
      ...{ id, name, type: 'store', address: '{"city": "Roma", "country": "IT"}' },
    })),
  );
  await db('products').insert(titles.map((title, n) => ({ sku: `SKU-${n}`, title })));
  await db('stock').insert(
    titles.flatMap((_, n) =>
      Object.keys(places).map((id) => ({
        ...{ sku: `SKU-${n}`, location_id: id, on_hand: n, safety_stock: n % 2 },
      })),
    ),
  );
});
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const found = async (more: Partial<SearchStockInput>): Promise<string[]> =>
  (await searchStock(db, { limit: 100, ...more })).items.map(({ sku, locationId }) => `${sku} ${locationId}`);

/** What should be found, by reading every row. */
const meant = (words: string[], isAsked: (n: number, id: string) => boolean = () => true): string[] =>
  titles
    .flatMap((title, n) => Object.entries(places).map(([id, name]) => ({ n, id, text: [title, name, id] })))
    .filter(({ n, id, text }) => {
      const parts = [...text, `SKU-${n}`].map((part) => part.toLowerCase());
      return isAsked(n, id) && words.every((word) => parts.some((part) => part.includes(word.toLowerCase())));
    })
    .map(({ n, id }) => `SKU-${n} ${id}`)
    .sort();

test.each(['roma', 'tenda', 'ROMA tenda', 'roma centro', 'zaino', 'zaino roma', 'zaino rossa', 'nothing'])(
  '"%s" finds each place of which all words are said, as its product or as its location',
  async (q) => {
    expect((await found({ q })).sort()).toEqual(meant(q.split(' ')));
  },
);

test.each(['sku-3', 'st-2', 'dc-', '100%', '%', '_', 'sku-1 st-', 'roma roma', 'borraccia deposito'])(
  '"%s" finds SKUs and ids, and stands for itself',
  async (q) => {
    expect((await found({ q })).sort()).toEqual(meant(q.split(' ')));
  },
);

test('what is looked for is told page by page, each place once and in order', async () => {
  const seen: string[] = [];
  let after: SearchStockInput['after'];
  for (;;) {
    const page = await searchStock(db, { q: 'roma', limit: 2, after });
    seen.push(...page.items.map(({ sku, locationId }) => `${sku} ${locationId}`));
    if (!page.next) break;
    after = page.next;
  }
  expect(seen).toEqual(meant(['roma']));
});

test('words and filters count together', async () => {
  const both = await found({ q: 'roma', locationId: 'st-1', isKeptBack: true });
  expect(both).toEqual(meant(['roma'], (n, id) => id === 'st-1' && n % 2 === 1));
  const few = await found({ q: 'tenda', atMost: 0 });
  expect(few).toEqual(meant(['tenda'], (n) => n - (n % 2) <= 0));
});

test('what is rare in a wide house is found by an index', async () => {
  await db.raw(`
    INSERT INTO products (sku, title) SELECT 'FILLER-' || n, 'Filler ' || n FROM generate_series(1, 20000) AS n;
    INSERT INTO stock (sku, location_id, on_hand) SELECT sku, 'st-1', 1 FROM products WHERE sku LIKE 'FILLER-%'`);
  await db.raw('VACUUM ANALYZE products, stock');
  expect(await plansOf({ q: 'borraccia deposito' })).toContain('"products_search"');
  expect(await plansOf({ isKeptBack: true })).toContain('"stock_kept_back"');
});

async function plansOf(more: Partial<SearchStockInput>): Promise<string> {
  const asked: { sql: string; bindings: never[] }[] = [];
  const hear = (query: { sql: string; bindings: never[] }) => void asked.push(query);
  db.on('query', hear);
  await found(more);
  db.off('query', hear);
  const { sql, bindings } = asked.at(-1)!;
  const { rows } = await db.raw(`EXPLAIN (FORMAT JSON) ${sql.replace(/\$\d+/g, '?')}`, bindings);
  return JSON.stringify(rows);
}
