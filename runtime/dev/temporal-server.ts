import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import type { Processes } from './processes';

/** What operations can find an order by in the Temporal UI; none of it is personal data. */
export const SEARCH_ATTRIBUTES = {
  OrderNumber: 'Keyword',
  Channel: 'Keyword',
  OrderStatus: 'Keyword',
  WaitingFor: 'Keyword',
  CustomerReference: 'Keyword',
} as const;

const DYNAMIC_CONFIG = {
  // Lets an order's time be fast-forwarded in development and in tests.
  'frontend.WorkflowTimeSkippingEnabled': true,
  // Timers fire when due, not up to a second later.
  'history.timerProcessorMaxTimeShift': '10ms',
  // With the default of 20 each hop of a lone workflow waits about 50 ms.
  'history.transferProcessorMaxPollRPS': 1000,
  // A write that took too long on a busy machine may have happened without its queue being told. What is due is
  // then found by looking: by default only after five minutes, during which an order stands still.
  'history.timerProcessorMaxPollInterval': '5s',
  'history.transferProcessorMaxPollInterval': '5s',
};

/** How long finished orders stay readable in the Temporal UI. */
const RETENTION_DAYS = 30;
const ANSWER_WITHIN_MS = 2_000;

export interface TemporalOptions {
  cli: string;
  port: number;
  /** Without one there is no UI. */
  uiPort?: number;
  /** Where the database file lives; without one everything is forgotten at the end. */
  home?: string;
  env: NodeJS.ProcessEnv;
  processes: Processes;
  /** Dynamic configuration beside our own; for tests. */
  dynamicConfig?: Record<string, unknown>;
}

export interface RunningTemporal {
  address: string;
  stop(): Promise<void>;
}

/** Starts Temporal's development server and waits until its default namespace answers. */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  const { cli, port, processes, env, home } = options;
  if (home) mkdirSync(home, { recursive: true });
  const address = `127.0.0.1:${port}`;
  await processes.start({
    name: 'temporal',
    command: cli,
    args: serverArguments(options),
    env,
    ready: () => answersAtTemporal(address),
    graceMs: 15_000,
  });
  if (home) await keepFinishedOrders(address);
  return { address, stop: () => processes.stop('temporal') };
}

function serverArguments({ port, uiPort, home, dynamicConfig }: TemporalOptions): string[] {
  const ui = uiPort ? ['--ui-port', String(uiPort), '--ui-disable-news-fetch'] : ['--headless'];
  // A write-ahead log carries 2.6 times the workflows of the default file, and survives a kill.
  const pragmas = ['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=1'];
  const file = home ? ['--db-filename', path.join(home, 'temporal.db'), ...pragmas] : [];
  const config = Object.entries({ ...DYNAMIC_CONFIG, ...dynamicConfig }).flatMap(([key, value]) => [
    '--dynamic-config-value',
    `${key}=${JSON.stringify(value)}`,
  ]);
  const attributes = Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, type]) => [
    '--search-attribute',
    `${name}=${type}`,
  ]);
  const where = ['--ip', '127.0.0.1', '--port', String(port)];
  return ['server', 'start-dev', ...where, ...ui, ...file, ...config, ...attributes, '--log-level', 'error'];
}

/** True when a Temporal server answers there for a namespace; an answer that never comes is a no. */
export async function answersAtTemporal(address: string, namespace = 'default'): Promise<boolean> {
  const connection = await Connection.connect({ address, connectTimeout: ANSWER_WITHIN_MS });
  try {
    await connection.withDeadline(Date.now() + ANSWER_WITHIN_MS, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return true;
  } finally {
    await connection.close();
  }
}

/** The development server forgets finished workflows after a day; an order should be readable for longer. */
async function keepFinishedOrders(address: string): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    await connection.workflowService.updateNamespace({
      namespace: 'default',
      config: { workflowExecutionRetentionTtl: msToTs(`${RETENTION_DAYS} days`) },
    });
  } finally {
    await connection.close();
  }
}
