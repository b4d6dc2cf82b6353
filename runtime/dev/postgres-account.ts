import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** The system user that PostgreSQL runs as. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root. For root this finds the system user `postgres`, makes it where it is
 * missing, and falls back on `nobody`; anyone else runs it as themselves (`undefined`).
 */
export function findPostgresAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const account = lookUp('postgres') ?? create('postgres') ?? lookUp('nobody');
  if (!account)
    throw new Error('PostgreSQL cannot run as root, and no other user was found or could be made.');
  return account;
}

function lookUp(user: string): Account | undefined {
  try {
    const ask = (flag: string) => Number(execFileSync('id', [flag, user], { stdio: 'pipe' }).toString());
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    return undefined;
  }
}

function create(user: string): Account | undefined {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', user], { stdio: 'pipe' });
    return lookUp(user);
  } catch {
    return undefined;
  }
}

/** Hands a folder and all in it to an account; quick when it has it already. */
export function giveTo(account: Account, folder: string): void {
  const { uid } = statSync(folder);
  const marker = path.join(folder, 'PG_VERSION');
  const isGiven = uid === account.uid && (!existsSync(marker) || statSync(marker).uid === account.uid);
  if (!isGiven) changeOwner(account, folder);
}

function changeOwner(account: Account, file: string): void {
  chownSync(file, account.uid, account.gid);
  if (!lstatSync(file).isDirectory()) return;
  for (const entry of readdirSync(file, { withFileTypes: true })) {
    if (!entry.isSymbolicLink()) changeOwner(account, path.join(file, entry.name));
  }
}

/** True when any user may walk down to this file: each folder above it lets others pass. */
export function isReachableByAll(file: string): boolean {
  for (let folder = path.dirname(path.resolve(file)); ; folder = path.dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

/**
 * The command that runs a program as an account. Where a folder above it is closed to others (a clone in
 * root's own home, say), the program is given the one capability to pass there, by `setpriv`.
 */
export function runAs(
  account: Account | undefined,
  command: string,
  args: string[],
  mustReach: string[],
): { command: string; args: string[]; uid?: number; gid?: number } {
  if (!account) return { command, args };
  if ([command, ...mustReach].every(isReachableByAll)) return { command, args, ...account };
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((file) => existsSync(file));
  if (!setpriv) throw new Error(unreachableMessage(command, mustReach));
  const user = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
  // Without the last flag access(2) would not count the capability, and initdb believes access(2).
  const pass = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--securebits=+no_setuid_fixup'];
  return { command: setpriv, args: [...user, ...pass, command, ...args] };
}

function unreachableMessage(command: string, mustReach: string[]): string {
  const closed = [command, ...mustReach].filter((file) => !isReachableByAll(file));
  return (
    `PostgreSQL does not run as root, and other users cannot reach ${closed.join(' and ')}. ` +
    'Start as another user, move the project out of a closed folder, or set DATABASE_URL.'
  );
}
