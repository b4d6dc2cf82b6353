import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What tells one life of a process id from another: the moment it started. A process id alone is reused
 * by the system, so whoever ends a process found in a file must compare this first.
 * `undefined` when no such process runs.
 */
export function identifyProcess(pid: number): string | undefined {
  return process.platform === 'linux' ? startTicks(pid) : startDate(pid);
}

/** True while that very process runs, and not another one that was given its number. */
export function isSameProcess(pid: number, identity: string): boolean {
  return identifyProcess(pid) === identity;
}

function startTicks(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The program's name stands in brackets and may itself hold blanks and brackets: count from its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isZombie = fields[0] === 'Z' || fields[0] === 'X';
  return isZombie ? undefined : fields[19];
}

function startDate(pid: number): string | undefined {
  try {
    const output = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return output.trim() || undefined;
  } catch {
    return undefined;
  }
}
