import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { loadConfig, type Config } from '../../runtime/config';
import { runUntilTold } from '../../runtime/run-until-told';
import { installRuntime, workerSettings } from '../../runtime/worker';
import { bundleOptions } from '../../runtime/workflow-bundle';
import { activities } from './activities';
import { yardsticksTaskQueue } from './task-queue';

/** A worker with the settings of the orders' worker and nothing to do. */
async function startYardsticks(config: Config): Promise<{ stop(): Promise<void>; done: Promise<void> }> {
  const connection = await NativeConnection.connect(config.temporal.connectionOptions);
  const worker = await Worker.create({
    connection,
    namespace: config.temporal.namespace ?? 'default',
    taskQueue: yardsticksTaskQueue,
    workflowBundle: await bundleWorkflowCode(bundleOptions(require.resolve('./workflows'))),
    activities,
    ...workerSettings(config),
  });
  const done = worker.run().finally(() => connection.close());
  return {
    done,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await done;
    },
  };
}

const config = loadConfig();
installRuntime(config);
void runUntilTold(() => startYardsticks(config));
