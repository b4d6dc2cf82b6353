import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RecordedProcess } from '../../runtime/dev/run-record';

/** CPU milliseconds by program since it began: its processes and all that they started, living or gone. */
export type CpuUsage = Record<string, number>;

/** Linux counts in hundredths of a second on every machine that Node runs on. */
const msPerTick = 10;

interface ProcessEntry {
  pid: number;
  parent: number;
  ticks: number;
}

/** Empty where there is no /proc: then no CPU is reported. */
export function readCpu(home: string): CpuUsage {
  const entries = readProcesses();
  const usage: CpuUsage = {};
  for (const { name, pid } of recordedProcesses(home)) {
    const ticks = treeOf(pid, entries).reduce((sum, entry) => sum + entry.ticks, 0);
    if (entries.length > 0) usage[name] = (usage[name] ?? 0) + ticks * msPerTick;
  }
  return usage;
}

export const pidOf = (home: string, name: string): number => {
  const found = recordedProcesses(home).find((process) => process.name === name);
  if (!found) throw new Error(`${name} does not run`);
  return found.pid;
};

/** Resident memory of one process in bytes; NaN where there is no /proc. */
export function readResident(pid: number): number {
  try {
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(line?.[1]) * 1024;
  } catch {
    return NaN;
  }
}

/** CPU between two readings, less what the same programs use when nothing happens. */
export function cpuBetween(before: CpuUsage, after: CpuUsage): CpuUsage {
  return Object.fromEntries(Object.entries(after).map(([name, ms]) => [name, ms - (before[name] ?? 0)]));
}

function recordedProcesses(home: string): RecordedProcess[] {
  const record = JSON.parse(readFileSync(path.join(home, 'run.json'), 'utf8')) as {
    children: RecordedProcess[];
  };
  return record.children;
}

function readProcesses(): ProcessEntry[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => readProcess(Number(name)));
  } catch {
    return [];
  }
}

function readProcess(pid: number): ProcessEntry[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything; what follows the last one is numbers.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // Own user and system time, and that of children that ended and were waited for.
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return [{ pid, parent: Number(fields[1]), ticks }];
  } catch {
    return []; // It ended meanwhile.
  }
}

function treeOf(root: number, entries: readonly ProcessEntry[]): ProcessEntry[] {
  const own = entries.filter((entry) => entry.pid === root);
  const children = entries.filter((entry) => entry.parent === root);
  return [...own, ...children.flatMap((child) => treeOf(child.pid, entries))];
}
