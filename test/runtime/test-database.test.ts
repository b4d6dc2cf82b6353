import { Client } from 'pg';
import { answersAtTemporal } from '../../runtime/dev/temporal-server';
import { createTestDatabase, testTemporalAddress } from '../support/database';

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

describe('the engines of a test run', () => {
  it('give each test file a database of its own with the newest schema', async () => {
    const [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await query(first.url, 'create table only_here (id int)');
    const tables = (url: string) =>
      query(url, "select table_name from information_schema.tables where table_schema = 'public'");

    expect(await tables(first.url)).toContainEqual({ table_name: 'only_here' });
    expect(await tables(second.url)).not.toContainEqual({ table_name: 'only_here' });
    expect(await tables(second.url)).toContainEqual({ table_name: 'schema_migrations' });

    await Promise.all([first.drop(), second.drop()]);
    await expect(query(first.url, 'select 1')).rejects.toThrow(/does not exist/);
  });

  it('have a Temporal server', async () => {
    expect(await answersAtTemporal(testTemporalAddress())).toBe(true);
  });
});
