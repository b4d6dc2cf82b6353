import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { testTemporalAddress } from '../../support/database';

const program = path.join(__dirname, 'worker-process.ts');
const root = path.resolve(__dirname, '..', '..', '..');

/** Starts a workflow by its name; its worker knows those of `paused-workflows.ts`. */
type Start = (type: string) => Promise<WorkflowHandle>;

/** Acts while a worker runs in a process of its own, started with options of Node; answers what that said on its console, too. */
export async function withWorker<T>(
  { nodeOptions, env }: { nodeOptions: readonly string[]; env?: NodeJS.ProcessEnv },
  act: (start: Start) => Promise<T>,
): Promise<{ result: T; said: string }> {
  const address = testTemporalAddress();
  const taskQueue = `worker-${randomUUID()}`;
  const worker = spawn(process.execPath, [...nodeOptions, program, address, taskQueue], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const said = Promise.all([text(worker.stdout!), text(worker.stderr!)]);
  const connection = await Connection.connect({ address });
  const { workflow } = new Client({ connection });
  let result: T;
  try {
    await Promise.race([once(worker, 'message'), once(worker, 'exit')]);
    result = await act((type) => workflow.start(type, { taskQueue, workflowId: `${type}-${randomUUID()}` }));
  } finally {
    worker.kill('SIGKILL');
    await connection.close();
  }
  return { result, said: (await said).join('') };
}
