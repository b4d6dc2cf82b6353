import { renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded into the worker's process by `--require`, with `--expose-gc`: on SIGUSR2 every thread collects its
 * garbage and tells what is left; the sum is written to `ORDITO_BENCH_MEMORY`. Orders run in threads of their own.
 */
const channel = new BroadcastChannel('ordito-bench-memory');
const threadsAnswerWithinMs = 1_500;

interface Told {
  heap: number;
}

function collect(): number {
  const { gc } = globalThis as { gc?: () => void };
  gc?.();
  gc?.();
  return process.memoryUsage().heapUsed;
}

async function tellAll(): Promise<void> {
  const threads: number[] = [];
  channel.onmessage = ({ data }: { data: Told | 'tell' }) =>
    void (data !== 'tell' && threads.push(data.heap));
  channel.postMessage('tell');
  const main = collect();
  await sleep(threadsAnswerWithinMs);
  const file = process.env.ORDITO_BENCH_MEMORY!;
  writeFileSync(`${file}.draft`, JSON.stringify({ main, threads }));
  renameSync(`${file}.draft`, file);
}

if (isMainThread) process.on('SIGUSR2', () => void tellAll());
else
  channel.onmessage = ({ data }: { data: Told | 'tell' }) => {
    if (data === 'tell') channel.postMessage({ heap: collect() } satisfies Told);
  };
channel.unref();
