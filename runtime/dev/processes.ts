import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeLog, logSize, openLog } from './log-files';
import { createRunRecord, signalGroup } from './run-record';
import { waitUntil } from './wait-until';

/** A program that is to run beside the others. */
export interface Program {
  /** Names its log file, and the program in every message. */
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number;
  gid?: number;
  /** `message`: it says `process.send('ready')`; a function: asked until it answers true. */
  ready: 'message' | (() => Promise<boolean>);
  readyWithinMs?: number;
  stopSignal?: NodeJS.Signals;
  /** How long it may take to stop before it is killed. */
  graceMs?: number;
}

/** A program that does its work and ends. */
export type Job = Omit<Program, 'ready' | 'stopSignal' | 'graceMs'>;

export interface Processes {
  /** Starts a program and waits until it is ready; from then on it is started again whenever it dies. */
  start(program: Program): Promise<void>;
  /** Runs a job to its end; an exit code other than 0 throws, with the end of its log. */
  run(job: Job): Promise<void>;
  stop(name: string): Promise<void>;
  /** Stops everything, last started first, and leaves nothing behind. */
  stopAll(): Promise<void>;
}

interface Running {
  program: Program;
  child: ChildProcess;
  startedAtMs: number;
  deaths: number;
  isStopping: boolean;
}

const READY_WITHIN_MS = 60_000;
const GRACE_MS = 10_000;
const LONGEST_PAUSE_MS = 10_000;
const STEADY_AFTER_MS = 60_000;

/**
 * The tree of processes of one system. Each child leads a process group of its own, so that Ctrl-C in a
 * terminal reaches only us and children are stopped in order; each writes to `<home>/logs/<name>.log`;
 * each is noted in `<home>/run.json` while it lives. `say` tells a person what happens.
 */
export function createProcesses({ home, say }: { home: string; say: (message: string) => void }): Processes {
  const running = new Map<string, Running>();
  const record = createRunRecord(home);
  let isStopping = false;

  // A crash of this very process must not leave children behind.
  const killAll = () => {
    for (const { child } of running.values()) if (child.pid) signalGroup(child.pid, 'SIGKILL');
  };
  process.once('exit', killAll);

  function launch(program: Program | Job, withChannel: boolean): ChildProcess {
    if (isStopping) throw new Error(`${program.name} is not started: everything is being stopped`);
    const log = openLog(home, program.name);
    try {
      const child = spawn(program.command, program.args, {
        cwd: program.cwd,
        env: program.env,
        uid: program.uid,
        gid: program.gid,
        detached: true,
        stdio: withChannel ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
      });
      if (child.pid) {
        const stopSignal = ('stopSignal' in program && program.stopSignal) || 'SIGTERM';
        record.add({ name: program.name, pid: child.pid, stopSignal });
      }
      return child;
    } finally {
      closeSync(log);
    }
  }

  function watch(entry: Running): void {
    const { child, program } = entry;
    child.once('exit', (code, signal) => {
      if (child.pid) {
        signalGroup(child.pid, 'SIGKILL');
        record.remove(child.pid);
      }
      if (entry.isStopping || isStopping) return;
      const isSteady = Date.now() - entry.startedAtMs > STEADY_AFTER_MS;
      const deaths = isSteady ? 1 : entry.deaths + 1;
      const pauseMs = Math.min(250 * 2 ** (deaths - 1), LONGEST_PAUSE_MS);
      say(`${program.name} ended unexpectedly (${signal ?? `exit code ${code}`}); starting it again`);
      void restart(program, deaths, pauseMs);
    });
  }

  async function restart(program: Program, deaths: number, pauseMs: number): Promise<void> {
    await sleep(pauseMs);
    const previous = running.get(program.name);
    if (isStopping || !previous || previous.isStopping) return;
    watch(begin(program, deaths));
  }

  function begin(program: Program, deaths: number): Running {
    const child = launch(program, program.ready === 'message');
    // Without a listener a failed spawn would be an uncaught error; that it never gets ready tells enough.
    child.once('error', (error) => say(`${program.name} cannot be started: ${error.message}`));
    const entry: Running = { program, child, startedAtMs: Date.now(), deaths, isStopping: false };
    running.set(program.name, entry);
    return entry;
  }

  async function start(program: Program): Promise<void> {
    const logStart = logSize(home, program.name);
    const entry = begin(program, 0);
    try {
      await becomeReady(entry);
    } catch (error) {
      entry.isStopping = true;
      await end(entry);
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${program.name} ${reason}${describeLog(home, program.name, logStart)}`);
    }
    watch(entry);
  }

  async function run(job: Job): Promise<void> {
    const logStart = logSize(home, job.name);
    const child = launch(job, false);
    const program: Program = { ...job, ready: async () => true };
    running.set(job.name, { program, child, startedAtMs: Date.now(), deaths: 0, isStopping: false });
    const outcome = await exitOf(child);
    running.delete(job.name);
    if (child.pid) record.remove(child.pid);
    if (outcome !== 'exit code 0')
      throw new Error(`${job.name} failed (${outcome})${describeLog(home, job.name, logStart)}`);
  }

  async function end(entry: Running): Promise<void> {
    entry.isStopping = true;
    const { child, program } = entry;
    if (child.pid) {
      const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
      if (!hasEnded()) signalGroup(child.pid, program.stopSignal ?? 'SIGTERM');
      const ended = await waitUntil(hasEnded, program.graceMs ?? GRACE_MS);
      if (!ended) say(`${program.name} did not stop in time; it is killed`);
      signalGroup(child.pid, 'SIGKILL');
      await waitUntil(hasEnded, 5_000);
      record.remove(child.pid);
    }
    running.delete(program.name);
  }

  async function stop(name: string): Promise<void> {
    const entry = running.get(name);
    if (entry) await end(entry);
  }

  async function stopAll(): Promise<void> {
    isStopping = true;
    for (const entry of [...running.values()].reverse()) await end(entry);
    record.clear();
    process.off('exit', killAll);
  }

  return { start, run, stop, stopAll };
}

/** Waits for the first of: ready, ended, deadline passed. The last two throw. */
async function becomeReady({ program, child }: Running): Promise<void> {
  const deadlineMs = program.readyWithinMs ?? READY_WITHIN_MS;
  let isReady = false;
  let ending: string | undefined;
  child.once('message', () => (isReady = true));
  void exitOf(child).then((outcome) => (ending = outcome));
  const probe = program.ready;
  const answered = await waitUntil(async () => {
    if (ending) return true;
    if (probe === 'message') return isReady;
    return (isReady = await probe());
  }, deadlineMs);
  if (ending) throw new Error(`ended before it was ready (${ending})`);
  if (!answered) throw new Error(`was not ready within ${Math.round(deadlineMs / 1000)} s`);
}

function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}
