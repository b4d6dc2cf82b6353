import type { CancelLinesResult } from '../store/order/cancel-lines';
import type { OrderStep } from '../store/story/record-step';
import type { ActivityDependencies } from './dependencies';

/** What the database decided about pieces to cancel. */
type LinesDecision = Told<CancelLinesResult>;
type Told<Result> = Result extends unknown ? Omit<Result, 'signals'> : never;

/** Short steps that only write to our own database. */
export function createStepActivities({ store }: ActivityDependencies) {
  return {
    /** Writes a step that needs nothing but its words: a wait that began or ended, an event, the completion. */
    async recordStep(step: OrderStep): Promise<void> {
      await store.recordStep(step);
    },
    carryOut: store.carryOut,
    placeHold: store.placeHold,
    releaseHolds: store.releaseHolds,
    giveUpBackorders: store.giveUpBackorders,
    async expireFulfillment(
      input: Parameters<typeof store.expireFulfillment>[0],
    ): Promise<{ outcome: 'expired' } | { outcome: 'acted'; status: string }> {
      const result = await store.expireFulfillment(input);
      return result.outcome === 'expired' ? { outcome: 'expired' } : result;
    },
    async cancelOrder(
      input: Parameters<typeof store.cancelOrder>[0],
    ): Promise<{ outcome: 'cancelled'; booked: string[] } | { outcome: 'refused'; because: string }> {
      const result = await store.cancelOrder(input);
      return result.outcome === 'cancelled' ? { outcome: 'cancelled', booked: result.booked } : result;
    },
    /** Takes pieces out of the queue for stock and out of work; the orders that get their stock hear by signals. */
    async cancelLines(input: Parameters<typeof store.cancelLines>[0]): Promise<LinesDecision> {
      const result = await store.cancelLines(input);
      if (result.outcome !== 'cancelled') return result;
      const { signals: _, ...decision } = result;
      return decision;
    },
  };
}
