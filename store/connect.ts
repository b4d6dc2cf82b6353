import knex, { type Knex } from 'knex';
import { types } from 'pg';
import { PreparingClient } from './preparing-client';

// bigint columns hold minor units and ids inside the safe integers; a larger one is a bug and must not pass.
types.setTypeParser(types.builtins.INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`bigint out of the safe range: ${text}`);
  return value;
});

export type Database = Knex;

/** Opens a pool. `poolSize` connections at most; nothing is opened before the first query. */
export function connect(databaseUrl: string, poolSize = 10): Database {
  return knex({
    client: PreparingClient,
    connection: { connectionString: databaseUrl, application_name: 'ordito' },
    pool: { min: 0, max: poolSize },
    acquireConnectionTimeout: 15_000,
  });
}
