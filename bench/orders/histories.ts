import type { Client } from '@temporalio/client';
import { orderWorkflowId } from '../../domain/ids';
import { shopChannel } from '../shop/order-body';
import { countEvents } from './count-actions';

export async function readHistories(client: Client, references: readonly string[]) {
  return Promise.all(
    references.map(async (reference) => {
      const handle = client.workflow.getHandle(orderWorkflowId(shopChannel, reference));
      return (await handle.fetchHistory()).events ?? [];
    }),
  );
}

/** How often an order was woken, and how often nobody of its worker came in time: then it is replayed from its start. */
export async function countTasks(client: Client, references: readonly string[]) {
  const counts = (await readHistories(client, references)).map(countEvents);
  const anOrder = (type: string): number =>
    counts.reduce((sum, count) => sum + (count[type] ?? 0), 0) / counts.length;
  return { done: anOrder('WORKFLOW_TASK_COMPLETED'), timedOut: anOrder('WORKFLOW_TASK_TIMED_OUT') };
}
