import { continueAsNew, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { StockFeedActivities } from '../activities/stock-feeds';
import { feedTaskQueueBeside, stockFeedAcceptedSignal, type StockFeedInput } from './messages';

/**
 * Applies the feeds of one location, one after the other in the order in which they were accepted, until there is
 * none left. The work is done on a queue of its own, so that orders never wait behind an import.
 */
export async function stockFeed({ locationId }: StockFeedInput): Promise<void> {
  let isAsked = true;
  // A signal, not an update: that a feed was accepted is in Postgres; this says to look.
  setHandler(stockFeedAcceptedSignal, () => {
    isAsked = true;
  });
  const feeds = importing();
  while (isAsked) {
    isAsked = false;
    for (;;) {
      const { feedId } = await feeds.nextStockFeed({ locationId });
      if (feedId === null) break;
      await applyWhole(feedId);
      if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof stockFeed>({ locationId });
    }
  }

  async function applyWhole(feedId: string): Promise<void> {
    for (;;) {
      const { outcome } = await feeds.applyStockFeed({ feedId, at: new Date().toISOString() });
      if (outcome === 'applied' || workflowInfo().continueAsNewSuggested) return;
    }
  }
}

const importing = () =>
  proxyActivities<StockFeedActivities>({
    taskQueue: feedTaskQueueBeside(workflowInfo().taskQueue),
    startToCloseTimeout: '10m',
    heartbeatTimeout: '15s',
    retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '1m' },
  });
