import type { Client } from '@temporalio/client';
import { deliveredSignal, packedSignal, shippedSignal } from '../../workflows/messages';
import { yardsticksTaskQueue as taskQueue } from './task-queue';
import type { floor, naive } from './workflows';

const news = { fulfillmentId: 'none' };

/** Starts the naive workflow, sends its signal at once and waits for its end. */
export async function playNaive(client: Client, workflowId: string): Promise<void> {
  const handle = await client.workflow.start<typeof naive>('naive', { workflowId, taskQueue });
  await handle.signal(packedSignal, news);
  await handle.result();
}

/** Starts the floor, sends its signals one after the other and waits for its end. */
export async function playFloor(client: Client, workflowId: string): Promise<void> {
  const handle = await client.workflow.start<typeof floor>('floor', { workflowId, taskQueue });
  for (const signal of [packedSignal, shippedSignal, deliveredSignal]) await handle.signal(signal, news);
  await handle.result();
}
