import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bundleWorkflowCode, Worker, type WorkflowBundle } from '@temporalio/worker';
import { installRuntime } from '../../runtime/worker';
import { bundleOptions } from '../../runtime/workflow-bundle';
import { stories } from '../support/stories';

const root = path.resolve(__dirname, '..', '..');
const folder = path.join(root, 'test', 'histories');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

const bundleOf = (workflows: string): Promise<WorkflowBundle> =>
  bundleWorkflowCode(bundleOptions(path.join(workflows, 'index.ts')));

const historyOf = (file: string): unknown => JSON.parse(readFileSync(path.join(folder, file), 'utf8'));

const replay = (bundle: WorkflowBundle, file: string): Promise<void> =>
  Worker.runReplayHistory({ workflowBundle: bundle }, historyOf(file), `order:web:${file}`);

describe('orders that are under way go on after a change of the code', () => {
  let bundle: WorkflowBundle;
  beforeAll(async () => {
    installRuntime({ logLevel: 'silent' } as Parameters<typeof installRuntime>[0]);
    bundle = await bundleOf(path.join(root, 'workflows'));
  });

  test.each(files)('%s replays', async (file) => {
    await replay(bundle, file);
  });

  test('every story has a history', () => {
    const kept = new Set(files.map((file) => file.replace(/^.*?-/, '').replace('.json', '')));
    expect([...kept].sort()).toEqual(expect.arrayContaining(Object.keys(stories).sort()));
  });
});

test('a change that would break running orders is noticed', async () => {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'ordito-replay-'));
  try {
    for (const room of ['workflows', 'domain'])
      cpSync(path.join(root, room), path.join(copy, room), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    const file = path.join(copy, 'workflows', 'pay.ts');
    const source = readFileSync(file, 'utf8');
    const changed = source.replace('await ledger.confirmOrder(', 'await ledger.recordStep(');
    expect(changed).not.toBe(source);
    writeFileSync(file, changed);
    const broken = await bundleOf(path.join(copy, 'workflows'));
    await expect(
      replay(
        broken,
        files.find((name) => name.includes('plain'))!,
      ),
    ).rejects.toThrow(/[Nn]ondeterminism/);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});
