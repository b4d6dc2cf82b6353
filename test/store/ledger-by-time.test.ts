import type { Client } from 'pg';
import { connect, type Database } from '../../store/connect';
import { createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let db: Database;
const logged: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  db = connect(database.url, 1);
  const { client } = db as unknown as {
    client: { acquireConnection(): Promise<Client>; releaseConnection(connection: Client): Promise<void> };
  };
  const connection = await client.acquireConnection();
  connection.on('notice', ({ message }) => logged.push(message ?? ''));
  await client.releaseConnection(connection);
  // What is written into the server's log comes to this client, too.
  await db.raw('SET client_min_messages = log; SET session_replication_role = replica');
  // What the planner thinks of a few wide rows is no matter here.
  await db.raw('SET enable_seqscan = off; SET enable_indexscan = off; SET enable_indexonlyscan = off');
});
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

/** Wide rows, one a page: as many pages as a feed of half a million rows begins. */
const manyPages = `
  ALTER TABLE stock_ledger ALTER COLUMN reason SET STORAGE PLAIN;
  INSERT INTO stock_ledger (key, sku, location_id, cause, on_hand, at, reason)
    SELECT n, 'SKU', 'large', 'receipt', 1, '2026-01-01'::timestamptz + n * interval '1 minute', repeat('x', 5000)
    FROM generate_series(1, 10000) AS n`;

it('fills no log while very much comes in at once', async () => {
  await db.raw(manyPages);
  expect(logged).toEqual([]);
});

it('is summarised by a vacuum, so that a look at the last minutes leaves the rest alone', async () => {
  expect(await pagesRead()).toBeGreaterThan(9_900);
  await db.raw('VACUUM ANALYZE stock_ledger');
  // What is in the last range, which is not full, is read in any case.
  expect(await pagesRead()).toBeLessThan(32);
});

it('is vacuumed after so many rows, however many there are already', async () => {
  const [{ reloptions }] = await db('pg_class').where('relname', 'stock_ledger').select('reloptions');
  expect(reloptions).toEqual(
    expect.arrayContaining([
      'autovacuum_vacuum_insert_scale_factor=0',
      'autovacuum_vacuum_insert_threshold=50000',
    ]),
  );
});

/** How many pages the index by time leads to, for a time at which nothing moved. */
async function pagesRead(): Promise<number> {
  const explain = 'EXPLAIN (ANALYZE, FORMAT JSON)';
  const { rows } = await db.raw<{ rows: object[] }>(
    `${explain} SELECT reason FROM stock_ledger WHERE at >= '2027-01-01'`,
  );
  const plan = JSON.stringify(rows);
  expect(plan).toContain('"Index Name":"stock_ledger_at"');
  return Number(/"Lossy Heap Blocks":(\d+)/.exec(plan)?.[1]);
}
