import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../../runtime/dev/wait-until';

export type Machine = 'worker' | 'secondWorker' | 'api' | 'postgres' | 'temporal' | 'sandbox' | 'mail';

/** What may befall a machine. Whoever watches over the machines starts again what has died. */
export interface Blow {
  machine: Machine;
  kind: 'kill' | 'keepDown' | 'freeze';
  forMs: number;
}

const backWithinMs = 60_000;

function pidOf(home: string, machine: Machine): number | undefined {
  const record = JSON.parse(readFileSync(path.join(home, 'run.json'), 'utf8')) as {
    children: { name: string; pid: number }[];
  };
  return record.children.find(({ name }) => name === machine)?.pid;
}

/** Kills a process with -9 and waits until its successor runs. */
export async function kill(home: string, machine: Machine): Promise<void> {
  const pid = pidOf(home, machine);
  if (pid === undefined) throw new Error(`${machine} does not run`);
  process.kill(pid, 'SIGKILL');
  const isBack = await waitUntil(() => ![undefined, pid].includes(pidOf(home, machine)), backWithinMs);
  if (!isBack) throw new Error(`${machine} was not started again`);
}

/** Kills whatever is started in its place as well, as if the machine itself were gone for a while. */
async function keepDown(home: string, machine: Machine, forMs: number): Promise<void> {
  for (const end = Date.now() + forMs; Date.now() < end; await sleep(50)) {
    const pid = pidOf(home, machine);
    if (pid !== undefined) signal(pid, 'SIGKILL');
  }
  await waitUntil(() => pidOf(home, machine) !== undefined, backWithinMs);
}

/** Stops a process and all that it started in the middle of whatever they do, and lets them go on later. */
async function freeze(home: string, machine: Machine, forMs: number): Promise<void> {
  const pid = pidOf(home, machine);
  if (pid === undefined) return;
  const frozen = [pid, ...descendantsOf(pid)];
  for (const each of frozen) signal(each, 'SIGSTOP');
  await sleep(forMs);
  for (const each of frozen) signal(each, 'SIGCONT');
}

export function strike(home: string, { machine, kind, forMs }: Blow): Promise<void> {
  if (kind === 'freeze') return freeze(home, machine, forMs);
  return kind === 'keepDown' ? keepDown(home, machine, forMs) : kill(home, machine);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}

/** PostgreSQL's sessions lead process groups of their own. */
function descendantsOf(pid: number): number[] {
  const parents = new Map(runningProcesses().map((each) => [each, parentOf(each)]));
  const isBelow = (each: number | undefined): boolean =>
    each !== undefined && (parents.get(each) === pid || isBelow(parents.get(each)));
  return [...parents.keys()].filter(isBelow);
}

/** None where the system does not tell: then the process itself stands still, and what it started goes on. */
const runningProcesses = (): number[] =>
  existsSync('/proc')
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
    : [];

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
