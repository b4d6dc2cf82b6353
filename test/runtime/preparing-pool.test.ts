import { createPreparingPool } from '../../runtime/preparing-pool';
import { createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

test('what has bindings is prepared once for each connection, and answered as it is otherwise', async () => {
  const pool = createPreparingPool({ connectionString: database.url, max: 1 });
  try {
    for (const each of [1, 2, 3]) {
      const { rows } = await pool.query<{ n: number }>('select $1::int + 1 as n', [each]);
      expect(rows).toEqual([{ n: each + 1 }]);
    }
    await pool.query('select 5; select 6');
    const { rows } = await pool.query('select statement from pg_prepared_statements');
    expect(rows).toEqual([{ statement: 'select $1::int + 1 as n' }]);
    await expect(pool.query('select 1 / $1::int', [0])).rejects.toMatchObject({ code: '22012' });
  } finally {
    await pool.end();
  }
});
