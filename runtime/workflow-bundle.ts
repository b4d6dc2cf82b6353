import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundle } from '@temporalio/worker';

const workflowsDir = path.resolve(__dirname, '..', 'workflows');

/**
 * The workflows as one script, kept in `home` for as long as their sources and Temporal's version stay the same:
 * bundling takes seconds, reading milliseconds.
 */
export async function loadWorkflowBundle(home: string): Promise<WorkflowBundle> {
  const folder = path.join(home, 'cache');
  const file = path.join(folder, `workflows-${hashOfSources()}.js`);
  if (existsSync(file)) return { code: readFileSync(file, 'utf8') };
  const bundle = await bundleWorkflowCode({
    workflowsPath: path.join(workflowsDir, 'index.ts'),
    logger: new DefaultLogger('ERROR'),
  });
  mkdirSync(folder, { recursive: true });
  // Renamed into place: a worker that starts at the same moment must not read half a file.
  writeFileSync(`${file}.${process.pid}`, bundle.code);
  renameSync(`${file}.${process.pid}`, file);
  return bundle;
}

function hashOfSources(): string {
  const hash = createHash('sha256').update(require('@temporalio/worker/package.json').version);
  for (const name of readdirSync(workflowsDir).sort())
    hash.update(name).update(readFileSync(path.join(workflowsDir, name)));
  return hash.digest('hex').slice(0, 16);
}
