import { randomUUID } from 'node:crypto';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import type { Config } from '../../runtime/config';
import { installRuntime, workerSettings } from '../../runtime/worker';
import { bundleOptions } from '../../runtime/workflow-bundle';
import { testTemporalAddress } from '../support/database';

/** The types of what a history tells of, less what every workflow has. */
async function tasksOf(handle: WorkflowHandle): Promise<{ failed: number; markers: number }> {
  const events = (await handle.fetchHistory()).events ?? [];
  return {
    failed: events.filter((event) => event.workflowTaskFailedEventAttributes).length,
    markers: events.filter((event) => event.markerRecordedEventAttributes).length,
  };
}

test('a worker whose machine stands still in the middle of an order mixes up no orders', async () => {
  const config = { databasePool: 2, cachedWorkflows: 100, logLevel: 'silent' } as Config;
  installRuntime(config);
  const address = testTemporalAddress();
  const [connection, native] = await Promise.all([
    Connection.connect({ address }),
    NativeConnection.connect({ address }),
  ]);
  const taskQueue = `paused-${randomUUID()}`;
  const worker = await Worker.create({
    ...{ connection: native, taskQueue, ...workerSettings(config) },
    workflowBundle: await bundleWorkflowCode(bundleOptions(require.resolve('./support/paused-workflows'))),
    activities: { tell: (who: string) => Promise.resolve(who) },
  });
  const { workflow } = new Client({ connection });
  const start = (type: string) => workflow.start(type, { taskQueue, workflowId: `${type}-${randomUUID()}` });
  await worker.runUntil(async () => {
    const beside = await start('beside');
    const paused = await start('paused');
    await beside.signal('goOn');
    expect(await Promise.all([beside.result(), paused.result()])).toEqual(['beside', 'paused']);
    expect(await tasksOf(beside)).toEqual({ failed: 0, markers: 1 });
    expect(await tasksOf(paused)).toEqual({ failed: 0, markers: 1 });
  });
  await Promise.all([connection.close(), native.close()]);
});
