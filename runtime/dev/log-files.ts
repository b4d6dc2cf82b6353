import { mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

const LARGEST_LOG_BYTES = 10_000_000;

function logFile(home: string, name: string): string {
  return path.join(home, 'logs', `${name}.log`);
}

/** Opens a program's log for writing at its end; one that has grown large is turned over first. */
export function openLog(home: string, name: string): number {
  const file = logFile(home, name);
  mkdirSync(path.dirname(file), { recursive: true });
  if (logSize(home, name) > LARGEST_LOG_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a');
}

/** Where the log ends now, in bytes; what a run writes stands behind it. */
export function logSize(home: string, name: string): number {
  return statSync(logFile(home, name), { throwIfNoEntry: false })?.size ?? 0;
}

/** The last lines that a program wrote in this run, for an error message. */
export function describeLog(home: string, name: string, fromByte: number): string {
  const file = logFile(home, name);
  const all = readFileSync(file);
  const wasTurnedOver = all.length < fromByte;
  const written = all
    .subarray(wasTurnedOver ? 0 : fromByte)
    .toString('utf8')
    .trimEnd();
  const lines = written.split('\n').slice(-20).join('\n');
  return written ? `. The end of ${file}:\n${lines}` : `. It wrote nothing to ${file}.`;
}
