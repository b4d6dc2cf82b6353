import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApiKey, hashApiKey } from '../../../api/key-hash';
import { roles, type Role } from '../../../domain/access';
import { nodeOptions } from '../../../runtime/dev/parts';
import { pickFreePorts } from '../../../runtime/dev/ports';
import { startPostgres } from '../../../runtime/dev/postgres';
import { createProcesses, type Processes } from '../../../runtime/dev/processes';
import { startTemporal } from '../../../runtime/dev/temporal-server';
import { connect } from '../../../store/connect';
import { saveKey } from '../../../store/keys/save-key';
import { migrate } from '../../../store/migrate';
import { kill, type Machine } from './blows';

const root = path.resolve(__dirname, '..', '..', '..');

/** The system as it runs in production, each part a process of its own, with engines that keep what they wrote. */
export interface Machines {
  baseUrl: string;
  sandboxUrl: string;
  temporalAddress: string;
  keys: Record<Role, string>;
  databaseUrl: string;
  /** Folder of logs and data; `ORDITO_PROOF_KEEP=1` leaves it behind. */
  home: string;
  /** Kills a process with -9 and waits until its successor runs; what watches over them starts it. */
  kill(machine: Machine): Promise<void>;
  stop(): Promise<void>;
}

export interface MachinesOptions {
  /** More than one share the orders. */
  workers?: number;
  /** Loaded into each thread of the workers before all else. */
  preload?: string;
}

export async function startMachines({ workers = 1, preload }: MachinesOptions = {}): Promise<Machines> {
  const home = mkdtempSync(path.join(tmpdir(), 'ordito-proof-'));
  chmodSync(home, 0o755); // PostgreSQL may have to run as another user, who must get in
  const processes = createProcesses({ home, say: () => undefined });
  const [postgres, temporal, api, sandbox, smtp, page] = (await pickFreePorts(6)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const stopEverything = async () => {
    await processes.stopAll();
    if (!process.env.ORDITO_PROOF_KEEP) rmSync(home, { recursive: true, force: true });
  };
  try {
    const [{ url }, { address }] = await Promise.all([
      startPostgres({ home, port: postgres, env: process.env, processes }),
      startTemporal({
        cli: process.env.TEST_TEMPORAL_CLI!,
        home,
        port: temporal,
        env: process.env,
        processes,
      }),
    ]);
    await migrate(url);
    const secret = randomBytes(32).toString('hex');
    const { NODE_ENV: _, ...inherited } = process.env;
    const env = {
      ...inherited,
      ORDITO_ENV: 'development',
      ORDITO_HOME: path.join(tmpdir(), 'ordito-test-cache'),
      ORDITO_SECRET: secret,
      DATABASE_URL: url,
      TEMPORAL_ADDRESS: address,
      SMTP_URL: `smtp://127.0.0.1:${smtp}`,
      API_PORT: `${api}`,
      API_HOST: '127.0.0.1',
      PUBLIC_URL: `http://127.0.0.1:${api}`,
      SANDBOX_PORT: `${sandbox}`,
      SANDBOX_URL: `http://127.0.0.1:${sandbox}`,
      LOG_LEVEL: 'warn',
      REQUESTS_PER_MINUTE: '0',
      ORDITO_PROOF_HOME: home,
    };
    const keys = await createKeys(url, secret);
    const worker = [...(preload ? ['--require', preload] : []), 'workers/orders.ts'];
    await startPrograms(processes, env, {
      sandbox: ['runtime/entry/sandbox.ts'],
      worker,
      ...(workers > 1 && { secondWorker: worker }),
      api: ['runtime/entry/api.ts'],
      mail: [
        'runtime/dev/mail-catcher/main.ts',
        ...['--folder', path.join(home, 'mail'), '--smtp-port', `${smtp}`, '--page-port', `${page}`],
      ],
    });
    return {
      baseUrl: env.PUBLIC_URL,
      sandboxUrl: env.SANDBOX_URL,
      temporalAddress: address,
      keys,
      databaseUrl: url,
      home,
      kill: (machine) => kill(home, machine),
      stop: stopEverything,
    };
  } catch (error) {
    await stopEverything();
    throw error;
  }
}

async function startPrograms(
  processes: Processes,
  env: NodeJS.ProcessEnv,
  programs: Partial<Record<Machine, string[]>>,
): Promise<void> {
  const starting = Object.entries(programs).map(([name, program]) =>
    processes.start({
      ...{ name, env, cwd: root, command: process.execPath },
      args: [...nodeOptions, ...program],
      ready: 'message',
    }),
  );
  await Promise.allSettled(starting); // one that fails must not leave the others half-started
  await Promise.all(starting);
}

async function createKeys(databaseUrl: string, secret: string): Promise<Record<Role, string>> {
  const db = connect(databaseUrl, 1);
  const keys = roles.map((role) => [role, createApiKey(role)] as const);
  for (const [role, key] of keys)
    await saveKey(db, {
      ...{ id: `key_${role}`, role, name: role, boundTo: null },
      keyHash: hashApiKey(secret, key),
    });
  await db.destroy();
  return Object.fromEntries(keys) as Record<Role, string>;
}
