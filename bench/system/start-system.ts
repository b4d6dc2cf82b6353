import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createApiKey, hashApiKey } from '../../api/key-hash';
import { roles, type Role } from '../../domain/access';
import {
  bringUpDatabase,
  bringUpMail,
  bringUpTemporal,
  typescriptProgram,
  type StartContext,
} from '../../runtime/dev/parts';
import { DEFAULT_PORTS, pickFreePorts, type PortName, type Ports } from '../../runtime/dev/ports';
import { createProcesses, type Program } from '../../runtime/dev/processes';
import type { Progress } from '../../runtime/dev/progress';
import { connect, type Database } from '../../store/connect';
import { saveKey } from '../../store/keys/save-key';
import { migrate } from '../../store/migrate';

/** Our own programs, each a process, as `npm start` runs them. */
const programs = {
  sandbox: 'runtime/entry/sandbox.ts',
  worker: 'workers/orders.ts',
  api: 'runtime/entry/api.ts',
  yardsticks: 'bench/yardsticks/main.ts',
} as const;
export type ProgramName = keyof typeof programs;

export interface SystemOptions {
  programs: ProgramName[];
  progress: Progress;
  /** More for a program's command line, such as `--cpu-prof`. */
  nodeOptions?: (name: ProgramName) => string[];
  /** More for the programs' environment. */
  env?: (home: string) => Record<string, string>;
}

/** A system of its own on this machine: engines, programs, keys; gone with its folder afterwards. */
export interface BenchSystem {
  home: string;
  apiUrl: string;
  databaseUrl: string;
  temporalAddress: string;
  db: Database;
  keys: Record<Role, string>;
  stop(): Promise<void>;
}

const root = path.resolve(__dirname, '..', '..');
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const replaceable = ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'SMTP_URL', 'TEMPORAL_UI_URL'];

/** PostgreSQL with fsync, Temporal on a file in WAL mode, mail catcher, and the programs asked for. */
export async function startSystem(options: SystemOptions): Promise<BenchSystem> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'ordito-bench-'));
  chmodSync(home, 0o755); // PostgreSQL may have to run as another user, who must get in
  const { progress } = options;
  const processes = createProcesses({ home, say: progress.say });
  const env = { ...process.env };
  for (const name of replaceable) delete env[name];
  const { signal } = new AbortController();
  const context: StartContext = { home, root, env, ports: await randomPorts(), processes, progress, signal };
  const open: { db?: Database } = {};
  const stop = async (): Promise<void> => {
    for (const name of endings) process.off(name, endOnSignal);
    await open.db?.destroy();
    await processes.stopAll();
    rmSync(home, { recursive: true, force: true });
  };
  const endOnSignal = (): void => void stop().finally(() => process.exit(130));
  for (const name of endings) process.on(name, endOnSignal);
  try {
    return { ...(await bringUp(context, options, (db) => (open.db = db))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function bringUp(
  context: StartContext,
  options: SystemOptions,
  onDatabase: (db: Database) => void,
): Promise<Omit<BenchSystem, 'stop'>> {
  const { home, ports, processes, progress } = context;
  const databaseUrl = await bringUpDatabase(context);
  const { temporalAddress } = await bringUpTemporal(context);
  const { smtpUrl } = await bringUpMail(context);
  await migrate(databaseUrl);
  const db = connect(databaseUrl, 4);
  onDatabase(db);
  const secret = randomBytes(32).toString('hex');
  const keys = await createKeys(db, secret);
  const engines = { secret, databaseUrl, temporalAddress, smtpUrl };
  const env = { ...childEnvironment(context, engines), ...options.env?.(home) };
  for (const name of options.programs)
    await progress.step(name, () => processes.start(programOf(context, name, env, options)));
  return { home, apiUrl: `http://127.0.0.1:${ports.api}`, databaseUrl, temporalAddress, db, keys };
}

function programOf(
  context: StartContext,
  name: ProgramName,
  env: NodeJS.ProcessEnv,
  { nodeOptions = () => [] }: SystemOptions,
): Program {
  const program = typescriptProgram(context, name, programs[name], [], env);
  const file = program.args.at(-1)!;
  return { ...program, args: [...program.args.slice(0, -1), ...nodeOptions(name), file] };
}

function childEnvironment(
  { home, env, ports }: StartContext,
  engines: { secret: string; databaseUrl: string; temporalAddress: string; smtpUrl: string },
): NodeJS.ProcessEnv {
  return {
    ...env,
    ORDITO_ENV: 'development',
    ORDITO_HOME: home,
    ORDITO_SECRET: engines.secret,
    DATABASE_URL: engines.databaseUrl,
    TEMPORAL_ADDRESS: engines.temporalAddress,
    TEMPORAL_NAMESPACE: 'default',
    SMTP_URL: engines.smtpUrl,
    API_PORT: String(ports.api),
    API_HOST: '127.0.0.1',
    PUBLIC_URL: `http://127.0.0.1:${ports.api}`,
    SANDBOX_PORT: String(ports.sandbox),
    SANDBOX_URL: `http://127.0.0.1:${ports.sandbox}`,
    CARRIER_MODE: 'manual',
    REQUESTS_PER_MINUTE: '0',
    ...(env.REQUESTS_PER_MINUTE && { REQUESTS_PER_MINUTE: env.REQUESTS_PER_MINUTE }),
  };
}

async function randomPorts(): Promise<Ports> {
  const names = Object.keys(DEFAULT_PORTS) as PortName[];
  const free = await pickFreePorts(names.length);
  return Object.fromEntries(names.map((name, index) => [name, free[index]!])) as Ports;
}

async function createKeys(db: Database, secret: string): Promise<Record<Role, string>> {
  const keys = {} as Record<Role, string>;
  for (const role of roles) {
    keys[role] = createApiKey(role);
    await saveKey(db, {
      id: `key_${role}`,
      role,
      name: role,
      keyHash: hashApiKey(secret, keys[role]),
      boundTo: null,
    });
  }
  return keys;
}
