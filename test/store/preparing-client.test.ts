import { connect, type Database } from '../../store/connect';
import { createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  db = connect(database.url, 1);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

async function isPreparedAfter(times: number, sql: string, bindings: number[]): Promise<boolean> {
  for (let time = 0; time < times; time += 1) await db.raw(sql, bindings);
  const marked = /\/\*.*?\*\//.exec(sql)![0];
  const found =
    await db.raw(`SELECT 1 FROM pg_prepared_statements WHERE position('${marked}' IN statement) > 0
                              AND statement NOT LIKE '%pg_prepared_statements%'`);
  return found.rows.length > 0;
}

describe('a statement', () => {
  test('that is sent again and again is prepared', async () => {
    expect(await isPreparedAfter(2, 'SELECT /* again */ CAST(? AS int) AS n', [1])).toBe(false);
    expect(await isPreparedAfter(2, 'SELECT /* again */ CAST(? AS int) AS n', [2])).toBe(true);
  });

  test('that is sent once stays as it is', async () => {
    expect(await isPreparedAfter(1, 'SELECT /* once */ CAST(? AS int) AS n', [1])).toBe(false);
  });

  test('that names no columns goes on when a migration adds one', async () => {
    await db.raw('CREATE TABLE grows (a int)');
    const sql = 'SELECT * FROM grows /* star */ WHERE a IS DISTINCT FROM CAST(? AS int)';
    expect(await isPreparedAfter(5, sql, [1])).toBe(false);
    await db.raw('ALTER TABLE grows ADD COLUMN b int');
    await expect(db.raw(sql, [1])).resolves.toMatchObject({ rows: [] });
  });

  test('of a transaction is prepared, too, and answers as before', async () => {
    const sql = 'SELECT /* within */ CAST(? AS int) + 1 AS n';
    const answers = await db.transaction(async (trx) => {
      const seen = [];
      for (const n of [1, 2, 3, 4]) seen.push((await trx.raw(sql, [n])).rows[0].n);
      return seen;
    });
    expect(answers).toEqual([2, 3, 4, 5]);
    expect(await isPreparedAfter(0, sql, [])).toBe(true);
  });
});
