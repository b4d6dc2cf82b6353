import type { Client } from '@temporalio/client';
import {
  ordersTaskQueue,
  stockFeedAcceptedSignal,
  stockFeedWorkflowType,
  type StockFeedInput,
} from '../workflows/messages';

/** What the API asks of the imports. */
export interface StockFeedWorkflows {
  /** Has the accepted feeds of a location applied; asked again while it runs, it looks once more. */
  start(locationId: string): Promise<void>;
}

export const createStockFeedWorkflows = (
  client: Client,
  taskQueue: string = ordersTaskQueue,
): StockFeedWorkflows => ({
  async start(locationId) {
    const input: StockFeedInput = { locationId };
    await client.workflow.signalWithStart(stockFeedWorkflowType, {
      workflowId: `stockFeed:${locationId}`,
      taskQueue,
      args: [input],
      signal: stockFeedAcceptedSignal,
      signalArgs: [],
    });
  },
});
