import type { WorkflowHandle } from '@temporalio/client';
import { nodeOptions } from '../../runtime/dev/parts';
import { withWorker } from './support/with-worker';

/** The types of what a history tells of, less what every workflow has. */
async function tasksOf(handle: WorkflowHandle): Promise<{ failed: number; markers: number }> {
  const events = (await handle.fetchHistory()).events ?? [];
  return {
    failed: events.filter((event) => event.workflowTaskFailedEventAttributes).length,
    markers: events.filter((event) => event.markerRecordedEventAttributes).length,
  };
}

// Without the threads' file (decision 48) there is a time limit, which the worker's settings have to put off.
test.each([
  ['started as our programs are', nodeOptions],
  ['started in another way', ['--require', 'tsx/cjs']],
])(
  'a worker %s whose machine stands still in the middle of an order mixes up no orders',
  async (_, options) => {
    await withWorker({ nodeOptions: options }, async (start) => {
      const beside = await start('beside');
      const paused = await start('paused');
      await beside.signal('goOn');
      expect(await Promise.all([beside.result(), paused.result()])).toEqual(['beside', 'paused']);
      expect(await tasksOf(beside)).toEqual({ failed: 0, markers: 1 });
      expect(await tasksOf(paused)).toEqual({ failed: 0, markers: 1 });
    });
  },
);
