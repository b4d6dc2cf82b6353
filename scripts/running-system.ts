import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { roles, type Role } from '../domain/access';

/** Where the running system answers, and with which key each role speaks to it. */
export interface RunningSystem {
  baseUrl: string;
  keys: Record<Role, string>;
  /** Only known of a system that `npm start` runs on this machine. */
  console: string | null;
  mail: string | null;
  /** Whether the sandbox carrier plays the parcels by itself; null where nobody told. */
  carrier: 'auto' | 'manual' | null;
}

interface Places {
  api: string;
  console: string;
  mail: string | null;
  carrier: 'auto' | 'manual';
}

export interface SystemFlags {
  baseUrl?: string;
  /** One key that may do everything, in place of the demo keys. */
  key?: string;
}

const root = path.resolve(__dirname, '..');

/**
 * Finds the system that a script is to talk to: the flags first, then what `npm start` wrote into its folder
 * (`ORDITO_HOME`, else `.ordito`). Asks it whether it lives; throws one sentence that says what to do.
 */
export async function findRunningSystem(
  flags: SystemFlags,
  env: NodeJS.ProcessEnv = process.env,
): Promise<RunningSystem> {
  const home = path.resolve(root, env.ORDITO_HOME || '.ordito');
  const places = readJson<Places>(home, 'places.json');
  const baseUrl = (flags.baseUrl ?? places?.api)?.replace(/\/$/, '');
  if (baseUrl === undefined)
    throw new Error(
      `Nothing was started from ${home}. Start the system with "npm start", or name another: --base-url URL --key KEY.`,
    );
  const system = { baseUrl, keys: readKeys(flags, home) };
  await expectAnswer(baseUrl);
  const local = places?.api === baseUrl ? places : null;
  return {
    ...system,
    console: local?.console ?? null,
    mail: local?.mail ?? null,
    carrier: local?.carrier ?? null,
  };
}

function readKeys(flags: SystemFlags, home: string): Record<Role, string> {
  const { key } = flags;
  if (key !== undefined) return Object.fromEntries(roles.map((role) => [role, key])) as Record<Role, string>;
  const keys = readJson<Record<Role, string>>(home, 'demo-keys.json');
  if (keys) return keys;
  throw new Error(
    `There are no demo keys in ${home}. Start the system with "npm start", or give a key of role admin: --key KEY.`,
  );
}

async function expectAnswer(baseUrl: string): Promise<void> {
  const reason = await fetch(`${baseUrl}/readyz`, { signal: AbortSignal.timeout(10_000) }).then(
    (answer) => (answer.ok ? null : `it answers ${answer.status} to /readyz`),
    (error: unknown) => reasonOf(error),
  );
  if (reason !== null)
    throw new Error(
      `No system is ready at ${baseUrl} (${reason}). Start it with "npm start", or name another: --base-url URL --key KEY.`,
    );
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? ((error.cause as NodeJS.ErrnoException | undefined) ?? error) : null;
  return (cause as NodeJS.ErrnoException | null)?.code ?? cause?.message ?? String(error);
}

function readJson<T>(home: string, name: string): T | null {
  const file = path.join(home, name);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null;
}
