import path from 'node:path';
import type { Ports } from './ports';
import { startPostgres } from './postgres';
import type { Job, Processes, Program } from './processes';
import type { Progress } from './progress';
import { findTemporalCli } from './temporal-cli';
import { answersAtTemporal, startTemporal } from './temporal-server';

/** What every part of one start needs to know. */
export interface StartContext {
  home: string;
  root: string;
  env: NodeJS.ProcessEnv;
  ports: Ports;
  processes: Processes;
  progress: Progress;
  signal: AbortSignal;
}

/** Where the engines are, embedded or given by the environment. */
export interface Engines {
  databaseUrl: string;
  temporalAddress: string;
  temporalUi: string | null;
  smtpUrl: string;
  mailPage: string | null;
}

/** The database: the one that `DATABASE_URL` names, else an embedded one. */
export async function bringUpDatabase(context: StartContext): Promise<string> {
  const { home, env, ports, processes, progress, signal } = context;
  if (env.DATABASE_URL) {
    progress.say('PostgreSQL: the one of DATABASE_URL');
    return env.DATABASE_URL;
  }
  return progress.step('PostgreSQL', async (note) => {
    const { url } = await startPostgres({ home, env, processes, port: ports.postgres, signal });
    note(`port ${ports.postgres}`);
    return url;
  });
}

/** The workflow engine: the one that `TEMPORAL_ADDRESS` names, else a development server. */
export async function bringUpTemporal(
  context: StartContext,
): Promise<Pick<Engines, 'temporalAddress' | 'temporalUi'>> {
  const { home, env, ports, processes, progress, signal } = context;
  const given = env.TEMPORAL_ADDRESS;
  if (given) {
    await progress.step(`Temporal at ${given}`, () => expectTemporal(given, env.TEMPORAL_NAMESPACE));
    return { temporalAddress: given, temporalUi: env.TEMPORAL_UI_URL ?? null };
  }
  return progress.step('Temporal server', async (note) => {
    const cli = await findTemporalCli({ home, env, say: note, signal });
    const { address } = await startTemporal({
      cli: cli.file,
      home,
      env,
      processes,
      port: ports.temporal,
      uiPort: ports.temporalUi,
    });
    note(`port ${ports.temporal}, CLI ${cli.source}`);
    return { temporalAddress: address, temporalUi: `http://localhost:${ports.temporalUi}` };
  });
}

async function expectTemporal(address: string, namespace: string | undefined): Promise<void> {
  try {
    await answersAtTemporal(address, namespace);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`No Temporal server answers at TEMPORAL_ADDRESS=${address}: ${reason}`);
  }
}

/** Mail: the server that `SMTP_URL` names, else the catcher with its page. */
export async function bringUpMail(context: StartContext): Promise<Pick<Engines, 'smtpUrl' | 'mailPage'>> {
  const { home, env, ports, processes, progress } = context;
  if (env.SMTP_URL) {
    progress.say('Mail: the server of SMTP_URL');
    return { smtpUrl: env.SMTP_URL, mailPage: env.MAIL_URL ?? null };
  }
  const where = ['--smtp-port', String(ports.smtp), '--page-port', String(ports.mail)];
  const args = ['--folder', path.join(home, 'mail'), ...where];
  await progress.step('Mail catcher', () =>
    processes.start({
      ...typescriptJob(context, 'mail', 'runtime/dev/mail-catcher/main.ts', args, env),
      ready: 'message',
    }),
  );
  return { smtpUrl: `smtp://127.0.0.1:${ports.smtp}`, mailPage: `http://localhost:${ports.mail}` };
}

/** Of Node, for our own programs, which run in the project's folder. */
export const nodeOptions = [
  '--enable-source-maps',
  ...['--require', 'tsx/cjs'],
  ...['--require', './runtime/workflow-threads.ts'],
];

/** One of our own programs, run so that a signal reaches it and not a wrapper. */
export function typescriptJob(
  { root }: StartContext,
  name: string,
  file: string,
  args: string[],
  env: NodeJS.ProcessEnv,
): Job {
  return { name, command: process.execPath, args: [...nodeOptions, file, ...args], env, cwd: root };
}

/** One of our own programs that keeps running. */
export function typescriptProgram(...job: Parameters<typeof typescriptJob>): Program {
  return { ...typescriptJob(...job), ready: 'message', graceMs: 15_000 };
}
