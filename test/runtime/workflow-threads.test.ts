import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { nodeOptions } from '../../runtime/dev/parts';

const root = path.resolve(__dirname, '..', '..');
const program = path.join(__dirname, 'support', 'workflow-worker-thread.js');

/** What a thread tells that runs `file`, in a process of ours. */
async function askThread(file: string, env: NodeJS.ProcessEnv = {}): Promise<unknown> {
  const start = `new (require('node:worker_threads').Worker)(${JSON.stringify(file)}).on('message', (told) => console.log(JSON.stringify(told)))`;
  const args = [...nodeOptions, '--eval', start];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout);
}

const scopes = ['mine', 'mine'];

test('a thread of workflows keeps no stack traces and has no time limit, and scopes go on through promises', async () => {
  expect(await askThread(program)).toEqual({
    stackTraces: 'Stack traces of workflows are off',
    beyondTheLimit: 'done',
    scopes,
  });
});

test('keeps stack traces where they are asked for', async () => {
  expect(await askThread(program, { WORKFLOW_STACK_TRACES: 'on' })).toEqual({
    stackTraces: 'function',
    beyondTheLimit: 'done',
    scopes,
  });
});

test('other threads are left as they are', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ordito-thread-'));
  const another = path.join(folder, 'another-thread.js');
  copyFileSync(program, another);
  expect(await askThread(another)).toEqual({
    stackTraces: 'function',
    beyondTheLimit: 'ERR_SCRIPT_EXECUTION_TIMEOUT',
    scopes,
  });
  rmSync(folder, { recursive: true });
});

test("the SDK's own threads are such threads", () => {
  const { dir } = path.parse(require.resolve('@temporalio/worker'));
  expect(require.resolve(path.join(dir, 'workflow', 'workflow-worker-thread'))).toMatch(
    /workflow-worker-thread\.js$/,
  );
});
