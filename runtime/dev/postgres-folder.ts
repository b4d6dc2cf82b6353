import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { giveTo, runAs, type Account } from './postgres-account';
import { identifyProcess } from './process-identity';

const run = promisify(execFile);

/** The database's password: random, made once. */
export function readOrMakePassword(home: string): string {
  const file = path.join(home, 'postgres-password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** Makes the folder under another name first, so that a kill in the middle leaves no half-made database. */
export async function initialise(options: {
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
export function removeStaleLock(folder: string): void {
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
