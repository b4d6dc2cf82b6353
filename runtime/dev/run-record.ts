import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { identifyProcess, isSameProcess } from './process-identity';
import { waitUntil } from './wait-until';

/** One process of a running system, as it is noted in `run.json` so that a later start can find it. */
export interface RecordedProcess {
  name: string;
  pid: number;
  identity: string;
  stopSignal: NodeJS.Signals;
}

interface RunRecord {
  owner: { pid: number; identity: string };
  children: RecordedProcess[];
}

/** Keeps `run.json` true at every moment: whoever is killed with -9 leaves a file that names the rest. */
export function createRunRecord(home: string) {
  const file = path.join(home, 'run.json');
  const children = new Map<number, RecordedProcess>();
  const owner = { pid: process.pid, identity: identifyProcess(process.pid) ?? '' };

  function write(): void {
    mkdirSync(home, { recursive: true });
    const draft = `${file}.${process.pid}`;
    const record: RunRecord = { owner, children: [...children.values()] };
    writeFileSync(draft, JSON.stringify(record, null, 2));
    renameSync(draft, file);
  }

  return {
    add(child: Omit<RecordedProcess, 'identity'>): void {
      children.set(child.pid, { ...child, identity: identifyProcess(child.pid) ?? '' });
      write();
    },
    remove(pid: number): void {
      if (children.delete(pid)) write();
    },
    clear(): void {
      children.clear();
      rmSync(file, { force: true });
    },
  };
}

/** The process id of a system that runs from this folder right now, if there is one. */
export function findRunningOwner(home: string): number | undefined {
  const record = readRecord(home);
  if (!record || record.owner.pid === process.pid) return undefined;
  return isSameProcess(record.owner.pid, record.owner.identity) ? record.owner.pid : undefined;
}

/**
 * Ends what a killed system left behind: last started first, asked politely, then by force.
 * Returns the names of what had to be ended. Does nothing while the owner lives.
 */
export async function endLeftovers(home: string, graceMs = 10_000): Promise<string[]> {
  const record = readRecord(home);
  if (!record || findRunningOwner(home) !== undefined) return [];
  const alive = record.children.filter((child) => isSameProcess(child.pid, child.identity)).reverse();
  for (const child of alive) await endProcess(child, graceMs);
  rmSync(path.join(home, 'run.json'), { force: true });
  return alive.map((child) => child.name);
}

async function endProcess(child: RecordedProcess, graceMs: number): Promise<void> {
  signalGroup(child.pid, child.stopSignal);
  const isGone = () => !isSameProcess(child.pid, child.identity);
  if (!(await waitUntil(isGone, graceMs))) signalGroup(child.pid, 'SIGKILL');
  await waitUntil(isGone, 5_000);
}

/** Signals a process and all that it started; true if there was anyone to hear it. */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

function readRecord(home: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(path.join(home, 'run.json'), 'utf8')) as RunRecord;
  } catch {
    return undefined;
  }
}
