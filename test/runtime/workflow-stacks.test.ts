import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { Client, Connection } from '@temporalio/client';
import { nodeOptions } from '../../runtime/dev/parts';
import { testTemporalAddress } from '../support/database';

const root = path.resolve(__dirname, '..', '..');
const program = path.join(__dirname, 'support', 'worker-process.ts');

/** What Temporal answers when it is asked in which line a workflow stands, and what the worker says on its console. */
async function askWhere(stackTraces: 'on' | 'off'): Promise<{ answer: string; said: string }> {
  const address = testTemporalAddress();
  const taskQueue = `stacks-${randomUUID()}`;
  const worker = spawn(process.execPath, [...nodeOptions, program, address, taskQueue], {
    cwd: root,
    env: { ...process.env, WORKFLOW_STACK_TRACES: stackTraces },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const said = Promise.all([text(worker.stdout!), text(worker.stderr!)]);
  const connection = await Connection.connect({ address });
  try {
    await Promise.race([once(worker, 'message'), once(worker, 'exit')]);
    const handle = await new Client({ connection }).workflow.start('beside', {
      ...{ taskQueue, workflowId: taskQueue },
    });
    const answer = await handle
      .query<string>('__stack_trace')
      .catch((error: unknown) => (error as Error).message);
    await handle.terminate();
    worker.kill('SIGKILL');
    return { answer, said: (await said).join('') };
  } finally {
    worker.kill('SIGKILL');
    await connection.close();
  }
}

test('Temporal tells by its stack where a workflow waits, where that is asked for', async () => {
  const { answer } = await askWhere('on');
  expect(answer).toMatch(/beside \(.*paused-workflows\.ts:\d+/);
});

test('and says that it does not know where it is not, while the worker works without a word', async () => {
  const { answer, said } = await askWhere('off');
  expect(answer).toMatch(/stack traces are not enabled/);
  expect(said).not.toMatch(/promiseHooks/);
});
