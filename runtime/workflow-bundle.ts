import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  bundleWorkflowCode,
  DefaultLogger,
  type BundleOptions,
  type WorkflowBundle,
} from '@temporalio/worker';

const root = path.resolve(__dirname, '..');
/** What a bundle is made of. */
const rooms = ['workflows', 'domain'];

/**
 * How workflows are bundled; the benchmark bundles its yardsticks the same way. Their modules are loaded once for all
 * orders of a sandbox instead of once for each: none of them may keep anything of an order.
 */
export const bundleOptions = (workflowsPath: string): BundleOptions => ({
  workflowsPath,
  workflowInterceptorModules: [path.join(root, 'workflows', 'engine', 'in-turn.ts')],
  preloadModules: [path.join(root, 'workflows', 'engine', 'short-stacks.ts'), workflowsPath],
  logger: new DefaultLogger('ERROR'),
});

/**
 * The workflows as one script, kept in `home` for as long as their sources and Temporal's version stay the same:
 * bundling takes seconds, reading milliseconds.
 */
export async function loadWorkflowBundle(home: string): Promise<WorkflowBundle> {
  const folder = path.join(home, 'cache');
  const file = path.join(folder, `workflows-${hashOfSources()}.js`);
  if (existsSync(file)) return { code: readFileSync(file, 'utf8') };
  const bundle = await bundleWorkflowCode(bundleOptions(path.join(root, 'workflows', 'index.ts')));
  mkdirSync(folder, { recursive: true });
  // Renamed into place: a worker that starts at the same moment must not read half a file.
  writeFileSync(`${file}.${process.pid}`, bundle.code);
  renameSync(`${file}.${process.pid}`, file);
  return bundle;
}

function hashOfSources(): string {
  const hash = createHash('sha256').update(require('@temporalio/worker/package.json').version);
  for (const file of [__filename, ...rooms.flatMap(sourcesOf)])
    hash.update(path.relative(root, file)).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

const sourcesOf = (room: string): string[] =>
  readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => path.join(root, room, name));
