// A worker of the workflows beside it, in a process of its own: node … <Temporal's address> <task queue>
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import type { Config } from '../../../runtime/config';
import { installRuntime, workerSettings } from '../../../runtime/worker';
import { bundleOptions } from '../../../runtime/workflow-bundle';

async function run(address: string, taskQueue: string): Promise<void> {
  const config = { databasePool: 2, cachedWorkflows: 100, logLevel: 'silent' } as Config;
  installRuntime(config);
  const worker = await Worker.create({
    ...{ connection: await NativeConnection.connect({ address }), taskQueue, ...workerSettings(config) },
    workflowBundle: await bundleWorkflowCode(bundleOptions(require.resolve('./paused-workflows'))),
    activities: { tell: (who: string) => Promise.resolve(who) },
  });
  process.send?.('ready');
  await worker.run();
}

const [address, taskQueue] = process.argv.slice(2) as [string, string];
void run(address, taskQueue);
