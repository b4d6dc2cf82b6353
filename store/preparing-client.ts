import type { knex } from 'knex';
import { type Knex } from 'knex';
import { statementName } from './statement-name';

/** What knex hands to its driver; a name makes the driver prepare the statement. */
interface Query {
  sql: string;
  bindings?: readonly unknown[];
  options?: { name?: string };
}

type Driver = new (config: Knex.Config) => { _query(connection: unknown, query: Query): Promise<Query> };

const PostgresClient = require('knex/lib/dialects/postgres/index.js') as Driver;

/**
 * Prepares what is asked again and again: parsed once for each connection, and planned a few times, instead of
 * every time, which for statements of many parts is most of their cost.
 */
class Preparing extends PostgresClient {
  override _query(connection: unknown, query: Query): Promise<Query> {
    // What its caller named is prepared already.
    if (query.options?.name === undefined && isRepeated(query))
      query.options = { ...query.options, name: statementName(query.sql) };
    return super._query(connection, query);
  }
}

export const PreparingClient = Preparing as unknown as typeof knex.Client;

/** A text that was sent so often will be sent again; before, it may be one that is composed for a single use. */
const preparedFrom = 3;
const remembersTexts = 400;
/** Texts with a list of so many values come in as many lengths. */
const fewBindings = 40;
/** The columns of `*` are fixed when a statement is prepared: it would fail once a migration adds one. */
const hasStar = /(select|returning|,) \*|\.\*/i;

// A transaction makes a client of its own without its fields: what is known of a text belongs to the process.
const repeated = new Set<string>();
const timesSeen = new Map<string, number>();

function isRepeated({ sql, bindings = [] }: Query): boolean {
  if (repeated.has(sql)) return true;
  if (bindings.length === 0 || bindings.length > fewBindings) return false;
  if (repeated.size >= remembersTexts || hasStar.test(sql)) return false;
  const times = (timesSeen.get(sql) ?? 0) + 1;
  if (timesSeen.size >= remembersTexts) timesSeen.clear();
  timesSeen.set(sql, times);
  if (times < preparedFrom) return false;
  repeated.add(sql);
  return true;
}
