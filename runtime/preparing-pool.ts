import { Client, Pool, type PoolConfig, type QueryConfig } from 'pg';
import { statementName } from '../store/statement-name';

/**
 * A pool that prepares every statement with bindings: parsed once for each connection, and planned a few times, instead
 * of every time. Only for texts that are written out in a program, of which there are a few.
 */
export function createPreparingPool(config: PoolConfig): Pool {
  const pool = new Pool({ ...config, Client: PreparingClient });
  // One that breaks between two statements of a transaction would end the program: the next statement tells as well.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

type Ask = (query: string | QueryConfig, values?: unknown[], ...more: unknown[]) => unknown;

class PreparingClient extends Client {
  override query = ((query, values, ...more) => {
    const ask = super.query.bind(this) as Ask;
    if (typeof query !== 'string' || !Array.isArray(values)) return ask(query, values, ...more);
    return ask({ name: statementName(query), text: query, values }, ...(more as []));
  }) as Ask as Client['query'];
}
