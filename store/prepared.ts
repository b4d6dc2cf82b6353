import type { Knex } from 'knex';
import type { Database } from './connect';
import { statementName } from './statement-name';

type Bindings = readonly Knex.RawBinding[] | Knex.ValueDict;

/**
 * For the statements that an order needs most often: parsed and planned once for each connection instead of
 * every time, which for statements of many parts is most of their cost. Their text must be one of a few, and their
 * columns named one by one: a prepared `SELECT *` fails when a migration adds a column.
 */
export function prepared<Result>(db: Database, sql: string, bindings: Bindings): Knex.Raw<Result> {
  return db.raw<Result>(sql, bindings).options({ name: statementName(sql) });
}
