import type { ActivityDependencies } from './dependencies';
import { createRecordActivities, type RecordRequest, type RecordedOrder } from './record';
import { createSourceActivities, type Sourced } from './sourcing/source';

export type TakenIn = RecordedOrder & {
  /** The first round of sourcing. Absent where something holds the order, and where it was not asked for. */
  sourced?: Sourced;
};

/** Recording and sourcing, by themselves and as one: an order that nothing holds is sourced in the same step. */
export function createTakeInActivities(dependencies: ActivityDependencies) {
  const { recordOrder } = createRecordActivities(dependencies);
  const { sourceOrder } = createSourceActivities(dependencies);
  return {
    sourceOrder,
    /** Steps 1 and 2, and with `sources` step 3 where nothing is found that holds the order. */
    async recordOrder({ sources, ...request }: RecordRequest & { sources?: true }): Promise<TakenIn> {
      const recorded = await recordOrder(request);
      if (!sources || recorded.outcome === 'duplicate' || recorded.isHeld) return recorded;
      const { order, at } = request;
      return { ...recorded, sourced: await sourceOrder({ orderId: order.id, round: 1, at }) };
    },
  };
}
