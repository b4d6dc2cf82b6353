import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HELP, readStartOptions, type StartOptions } from './options';
import {
  bringUpDatabase,
  bringUpMail,
  bringUpTemporal,
  typescriptJob,
  typescriptProgram,
  type Engines,
  type StartContext,
} from './parts';
import { choosePorts, freePorts, type PortName } from './ports';
import { createProcesses, type Processes } from './processes';
import { createProgress, type ProgressOutput } from './progress';
import { endLeftovers, findRunningOwner } from './run-record';
import { waitUntil } from './wait-until';

const ROOT = path.resolve(__dirname, '..', '..');

/**
 * What `npm start` runs: brings up the whole system on this machine, tells where everything is, keeps it
 * running, and stops it all on Ctrl-C or SIGTERM. `startedAtMs` is when the person pressed Enter.
 */
export async function main(argv: string[], env: NodeJS.ProcessEnv, startedAtMs: number): Promise<void> {
  const options = readStartOptions(argv, env, ROOT);
  if (options.wantsHelp) {
    process.stdout.write(HELP);
    return;
  }
  const output = options.asJson ? process.stderr : process.stdout;
  const progress = createProgress(output);
  // One that was told to stop may need a moment still.
  await waitUntil(() => findRunningOwner(options.home) === undefined, 5_000);
  const owner = findRunningOwner(options.home);
  if (owner !== undefined)
    throw new Error(
      `Ordito already runs from ${options.home} (process ${owner}). Stop it first, or name another folder: ORDITO_HOME.`,
    );
  const ended = await endLeftovers(options.home);
  if (ended.length > 0) progress.say(`ended what a killed run had left: ${ended.join(', ')}`);

  const processes = createProcesses({ home: options.home, say: progress.say });
  const interrupt = stopOnSignal(processes, progress.say, env.npm_lifecycle_event !== undefined);
  try {
    const ports = await freePorts(choosePorts(options.ports, options.portBase), progress.say, {
      unused: portsOfReplacedParts(env),
    });
    const { home } = options;
    const context = { home, root: ROOT, env, ports, processes, progress, signal: interrupt.signal };
    const engines = await bringUp(context, options);
    announce(options, context, engines, output, startedAtMs);
  } catch (error) {
    if (interrupt.signal.aborted) return;
    await processes.stopAll();
    throw error;
  }
}

/** The ports of the parts that the environment replaces. */
function portsOfReplacedParts(env: NodeJS.ProcessEnv): PortName[] {
  return [
    ...(env.DATABASE_URL ? (['postgres'] as const) : []),
    ...(env.TEMPORAL_ADDRESS ? (['temporal', 'temporalUi'] as const) : []),
    ...(env.SMTP_URL ? (['smtp', 'mail'] as const) : []),
  ];
}

/** The engines side by side, then the schema and the data, then our own programs side by side. */
async function bringUp(context: StartContext, options: StartOptions): Promise<Engines> {
  const { ports, processes, progress } = context;
  const [databaseUrl, temporal, mail] = await allOrFirstFailure([
    bringUpDatabase(context),
    bringUpTemporal(context),
    bringUpMail(context),
  ]);
  const engines: Engines = { databaseUrl, ...temporal, ...mail };
  const env = childEnvironment(context, engines, options);
  const job = (name: string, file: string, args: string[] = []) =>
    processes.run(typescriptJob(context, name, file, args, env));
  const program = (name: string, file: string) =>
    processes.start(typescriptProgram(context, name, file, [], env));

  await progress.step('Database schema', () => job('migrate', 'runtime/entry/migrate.ts'));
  await progress.step(options.isEmpty ? 'API keys' : 'Demo data', () =>
    job('seed', 'runtime/entry/seed.ts', options.isEmpty ? ['--empty'] : []),
  );
  await allOrFirstFailure([
    progress.step('Sandbox', () => program('sandbox', 'runtime/entry/sandbox.ts')),
    progress.step('Worker', () => program('worker', 'workers/orders.ts')),
    progress.step('API and console', async (note) => {
      await program('api', 'runtime/entry/api.ts');
      note(`port ${ports.api}`);
    }),
  ]);
  return engines;
}

/** What every child is told. */
function childEnvironment(
  { home, env, ports }: StartContext,
  engines: Engines,
  options: StartOptions,
): NodeJS.ProcessEnv {
  return {
    ...env,
    ORDITO_ENV: 'development',
    ORDITO_HOME: home,
    ORDITO_SECRET: env.ORDITO_SECRET || readOrMakeSecret(home),
    DATABASE_URL: engines.databaseUrl,
    TEMPORAL_ADDRESS: engines.temporalAddress,
    TEMPORAL_NAMESPACE: env.TEMPORAL_NAMESPACE || 'default',
    TEMPORAL_UI_URL: engines.temporalUi ?? '',
    SMTP_URL: engines.smtpUrl,
    // Nobody outside is written to who did not ask for it: where mails really leave, the office has to be named.
    OFFICE_MAIL: env.OFFICE_MAIL ?? (env.SMTP_URL ? '' : 'office@cimalago.example'),
    MAIL_URL: engines.mailPage ?? '',
    API_PORT: String(ports.api),
    PUBLIC_URL: `http://localhost:${ports.api}`,
    SANDBOX_PORT: String(ports.sandbox),
    SANDBOX_URL: `http://127.0.0.1:${ports.sandbox}`,
    CARRIER_MODE: options.carrier,
    // The demo and replays ask with one key as fast as they can.
    REQUESTS_PER_MINUTE: env.REQUESTS_PER_MINUTE ?? '0',
  };
}

function readOrMakeSecret(home: string): string {
  const file = path.join(home, 'secret');
  mkdirSync(home, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

function announce(
  options: StartOptions,
  { home, ports }: StartContext,
  engines: Engines,
  output: ProgressOutput,
  startedAtMs: number,
): void {
  const api = `http://localhost:${ports.api}`;
  const keysFile = path.join(home, 'demo-keys.json');
  const keys = JSON.parse(readFileSync(keysFile, 'utf8')) as Record<string, string>;
  const rows = [
    ['Console', `${api}/`],
    ['API docs', `${api}/docs`],
    ['Temporal UI', engines.temporalUi ?? `of ${engines.temporalAddress}`],
    ['Mails', engines.mailPage ?? 'of SMTP_URL'],
    ['Demo API keys', `${path.relative(process.cwd(), keysFile)} (${Object.keys(keys).join(', ')})`],
    ['Logs', path.relative(process.cwd(), path.join(home, 'logs'))],
  ];
  const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1);
  const table = rows.map(([name, value]) => `  ${name!.padEnd(15)}${value}`).join('\n');
  const { temporalUi, temporalAddress, databaseUrl, mailPage: mail } = engines;
  const places = {
    api,
    console: `${api}/`,
    docs: `${api}/docs`,
    temporalUi,
    temporalAddress,
    databaseUrl,
    mail,
  };
  // For scripts that are started later, such as the demo. Whether it still runs, they must ask it.
  const notes = { ...places, carrier: options.carrier };
  writeFileSync(path.join(home, 'places.json'), `${JSON.stringify(notes, null, 2)}\n`, { mode: 0o600 });
  output.write(`\nOrdito is ready (${seconds} s). Ctrl-C stops everything.\n\n${table}\n\n`);
  if (options.asJson) process.stdout.write(`${JSON.stringify({ ...places, keys })}\n`);
}

/**
 * Stops everything at the first signal, whatever is under way. Further signals change nothing: a terminal's
 * Ctrl-C reaches us twice when npm passes it on as well.
 */
function stopOnSignal(
  processes: Processes,
  say: (message: string) => void,
  startedByNpm: boolean,
): AbortController {
  const interrupt = new AbortController();
  const stop = () => {
    if (interrupt.signal.aborted) return;
    interrupt.abort();
    say('stopping');
    void processes.stopAll().finally(() => {
      say('stopped');
      process.exit(0);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  if (startedByNpm) stopWithParent(stop);
  // Whoever read our output has gone: that is no reason to leave children behind.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return interrupt;
}

/** An npm that was killed cannot pass a signal on: its end is noticed by our being given another parent. */
function stopWithParent(stop: () => void): void {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), 500).unref();
}

/** Like Promise.all, but lets the others come to an end before it throws, so that nothing starts afterwards. */
async function allOrFirstFailure<T extends readonly unknown[]>(work: {
  [K in keyof T]: Promise<T[K]>;
}): Promise<T> {
  const outcomes = await Promise.allSettled(work as unknown as Promise<unknown>[]);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
  return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<unknown>).value) as unknown as T;
}
