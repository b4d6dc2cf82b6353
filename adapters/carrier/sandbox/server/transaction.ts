import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';

/** Commits what `work` did, or undoes all of it when it throws. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    // A connection that cannot even roll back is thrown away.
    const isUsable = await client.query('rollback').then(
      () => true,
      () => false,
    );
    client.release(!isUsable);
    throw error;
  }
}

/** Two requests of one key are the same when their fingerprints are. `body` comes from its schema: keys in order. */
export const fingerprint = (body: object): string =>
  createHash('sha256').update(JSON.stringify(body)).digest('base64');
