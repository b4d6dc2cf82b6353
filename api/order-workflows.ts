import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import type { OrderSignal } from '../domain/commands';
import type { PlacedOrder } from '../domain/order/types';
import { ordersTaskQueue, type OrderMemo } from '../workflows/messages';
import { createOrderQuestions, type OrderQuestions } from './ask-order';
import { isNotFound } from './grpc-not-found';
import { createOrderStarts, type StartedOrder } from './start-order';

/** What the API asks of the orders' workflows. */
export interface OrderWorkflows extends OrderQuestions {
  start(order: PlacedOrder): Promise<{ outcome: 'started' } | { outcome: 'exists'; memo: OrderMemo }>;
  /** What an order's workflow was started with; null when there is no such workflow. */
  findStarted(workflowId: string): Promise<StartedOrder | null>;
  /** Delivers a fact; an order that is over has no use for it. */
  deliver(signal: OrderSignal): Promise<{ outcome: 'delivered' | 'gone' }>;
  /** Lets the order's own time pass quicker, by the server's time skipping. */
  fastForward(workflowId: string, durationMs: number): Promise<{ outcome: 'done' | 'gone' }>;
  /** Throws when the server does not answer. */
  check(): Promise<void>;
}

/** The orders' workflows behind a Temporal client. `taskQueue` differs from the default in tests only. */
export function createOrderWorkflows(client: Client, taskQueue: string = ordersTaskQueue): OrderWorkflows {
  const { workflow, workflowService } = client;
  const { namespace } = workflow.options;

  return {
    ...createOrderStarts(client, taskQueue),
    ...createOrderQuestions(client),

    async deliver(signal) {
      try {
        await workflow.getHandle(signal.workflowId).signal(signal.signal, ...signal.args);
        return { outcome: 'delivered' };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return { outcome: 'gone' };
        throw error;
      }
    },

    async fastForward(workflowId, durationMs) {
      try {
        await workflowService.updateWorkflowExecutionOptions({
          namespace,
          workflowExecution: { workflowId },
          workflowExecutionOptions: {
            timeSkippingConfig: {
              enabled: true,
              fastForwardConfig: { id: randomUUID(), duration: msToTs(durationMs) },
            },
          },
          updateMask: { paths: ['time_skipping_config'] },
        });
        return { outcome: 'done' };
      } catch (error) {
        if (isNotFound(error)) return { outcome: 'gone' };
        throw error;
      }
    },

    async check() {
      await client.withDeadline(Date.now() + 3_000, () => workflowService.getSystemInfo({}));
    },
  };
}
