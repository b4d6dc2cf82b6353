import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { BenchResult } from './result';
import { asMarkdown } from './table';

const folder = path.join(__dirname, '..', 'results');

interface SavedResult extends BenchResult {
  at: string;
  commit: string;
  machine: { cpu: string; cores: number; memoryGb: number; node: string; loadAtStart: number };
}

/** Writes `<date>-<name>.json`, and the newest of each benchmark as one table in `README.md`. */
export function saveResult(result: BenchResult, startedAt: Date, loadAtStart: number): string {
  mkdirSync(folder, { recursive: true });
  const saved: SavedResult = {
    ...result,
    at: startedAt.toISOString(),
    commit: commitOf(),
    machine: {
      cpu: os.cpus()[0]?.model ?? 'unknown',
      cores: os.cpus().length,
      memoryGb: Math.round(os.totalmem() / 1024 ** 3),
      node: process.version,
      loadAtStart,
    },
  };
  const file = path.join(folder, `${saved.at.slice(0, 10)}-${result.name}.json`);
  writeFileSync(file, `${JSON.stringify(saved, null, 2)}\n`);
  writeFileSync(path.join(folder, 'README.md'), tableOf(newestOfEach()));
  return path.relative(process.cwd(), file);
}

function commitOf(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: folder, stdio: 'pipe' })
      .toString()
      .trim();
  } catch {
    return 'unknown';
  }
}

/** By name; the dates in the names sort by themselves. */
function newestOfEach(): SavedResult[] {
  const newest = new Map<string, SavedResult>();
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.json')) continue;
    const saved = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as SavedResult;
    newest.set(saved.name, saved);
  }
  return [...newest.values()].sort((a, b) => a.name.localeCompare(b.name));
}

function tableOf(results: readonly SavedResult[]): string {
  const parts = results.map((saved) => {
    const { cores, node, loadAtStart } = saved.machine;
    const when = `${saved.at.slice(0, 10)}, commit ${saved.commit}, ${cores} cores, Node ${node}`;
    return `${asMarkdown(saved)}\n${when}, load ${loadAtStart.toFixed(1)} when it began.\n`;
  });
  return `# What things cost, measured\n\nWritten by \`npm run bench\`. Machines differ: read the ratios.\n\n${parts.join('\n')}`;
}
