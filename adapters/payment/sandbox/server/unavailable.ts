import type { Pool, PoolClient } from 'pg';
import { isUnavailableTwice, type Operation } from './tokens';

/** Whether this call is to be refused. Calls are counted in the database: a restart forgets none. */
export async function isUnavailable(
  db: Pool | PoolClient,
  token: string | null,
  operation: Operation,
  key: string,
): Promise<boolean> {
  if (!isUnavailableTwice(token, operation)) return false;
  const { rows } = await db.query<{ calls: number }>(
    `insert into sandbox.unavailable_calls (key, calls) values ($1, 1)
     on conflict (key) do update set calls = sandbox.unavailable_calls.calls + 1
     returning calls`,
    [key],
  );
  return rows[0]!.calls <= 2;
}
