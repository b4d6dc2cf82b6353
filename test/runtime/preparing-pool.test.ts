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

test('a connection that breaks between two statements of a transaction fails the next one, and no more', async () => {
  const pool = createPreparingPool({ connectionString: database.url, max: 2 });
  pool.on('error', () => undefined);
  try {
    const client = await pool.connect();
    await client.query('begin');
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const isOver = new Promise((resolve) => client.once('end', resolve));
    await pool.query('select pg_terminate_backend($1::int)', [rows[0]!.pid]);
    await isOver;
    await expect(client.query('commit')).rejects.toThrow();
    client.release(true);
    await expect(pool.query('select 1 as one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
  } finally {
    await pool.end();
  }
});
