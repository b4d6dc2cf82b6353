import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { waitUntil } from '../../runtime/dev/wait-until';
import { pidOf, readResident } from './usage';

export interface MemoryReading {
  residentBytes: number;
  /** Of all threads, after their garbage was collected. */
  heapBytes: number;
}

export const memoryFile = (home: string): string => path.join(home, 'memory.json');

/** What makes a program answer `readMemory`; see bench/memory-probe. */
export const memoryProbeOptions = [
  '--expose-gc',
  '--require',
  path.join(__dirname, '..', 'memory-probe', 'main.ts'),
];

/** Collects the program's garbage and reads what is left. */
export async function readMemory(home: string, name: string): Promise<MemoryReading> {
  const pid = pidOf(home, name);
  const file = memoryFile(home);
  rmSync(file, { force: true });
  process.kill(pid, 'SIGUSR2');
  let heapBytes = NaN;
  const answered = await waitUntil(() => {
    const { main, threads } = JSON.parse(readFileSync(file, 'utf8')) as { main: number; threads: number[] };
    heapBytes = threads.reduce((sum, heap) => sum + heap, main);
    return true;
  }, 60_000);
  if (!answered) throw new Error(`${name} does not tell its memory`);
  return { residentBytes: readResident(pid), heapBytes };
}
