import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { pickFreePorts } from '../../runtime/dev/ports';
import { startPostgres } from '../../runtime/dev/postgres';
import { createProcesses, type Processes } from '../../runtime/dev/processes';
import { endLeftovers, findRunningOwner } from '../../runtime/dev/run-record';
import { findTemporalCli } from '../../runtime/dev/temporal-cli';
import { startTemporal } from '../../runtime/dev/temporal-server';
import { migrate } from '../../store/migrate';

const FOLDER_PREFIX = 'ordito-test-';
const TEMPLATE = 'ordito_template';

/** Engines for one run of the tests: quick, forgetful, and gone with their folder afterwards. */
export interface TestEngines {
  /** The server's own database; test files make theirs with `createTestDatabase`. */
  databaseUrl: string;
  /** A database with the newest schema and nothing in it, to be copied. */
  templateDatabase: string;
  temporalAddress: string;
  temporalCli: string;
  stop(): Promise<void>;
}

export async function startEngines(): Promise<TestEngines> {
  await sweepDeadRuns();
  const home = mkdtempSync(path.join(tmpdir(), FOLDER_PREFIX));
  chmodSync(home, 0o755); // PostgreSQL may have to run as another user, who must get in
  const processes = createProcesses({ home, say: (message) => console.error(message) });
  const stop = async () => {
    await processes.stopAll();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const starting = [startDatabase(home, processes), startWorkflowEngine(home, processes)] as const;
    await Promise.allSettled(starting); // one that fails must not leave the other half-started
    return { ...(await starting[0]), ...(await starting[1]), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startDatabase(
  home: string,
  processes: Processes,
): Promise<Pick<TestEngines, 'databaseUrl' | 'templateDatabase'>> {
  const [port] = await pickFreePorts(1);
  const { url } = await startPostgres({ home, port: port!, processes, env: process.env, durable: false });
  const databaseUrl = withDatabase(url, 'postgres');
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  await migrate(withDatabase(url, TEMPLATE));
  return { databaseUrl, templateDatabase: TEMPLATE };
}

async function startWorkflowEngine(
  home: string,
  processes: Processes,
): Promise<Pick<TestEngines, 'temporalAddress' | 'temporalCli'>> {
  const [port] = await pickFreePorts(1);
  const cli = await findTemporalCli({ home, env: process.env, say: (message) => console.error(message) });
  const { address } = await startTemporal({ cli: cli.file, port: port!, processes, env: process.env });
  return { temporalAddress: address, temporalCli: cli.file };
}

/** The same server, another of its databases. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

/** Test runs that were killed left engines and folders: whoever tests next ends them. */
async function sweepDeadRuns(): Promise<void> {
  const names = readdirSync(tmpdir()).filter((name) => name.startsWith(FOLDER_PREFIX));
  for (const folder of names.map((name) => path.join(tmpdir(), name))) {
    if (findRunningOwner(folder) !== undefined) continue;
    const ended = await endLeftovers(folder);
    if (ended.length > 0) rmSync(folder, { recursive: true, force: true });
  }
}
