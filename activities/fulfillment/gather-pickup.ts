import type { GatheredPickup } from '../../store/fulfillment/gather-pickup';
import type { ActivityDependencies } from '../dependencies';

interface GatherStep {
  orderId: string;
  /** All that lies in the store for one pickup. */
  fulfillmentIds: string[];
  at: string;
}

export function createPickupActivities({ store, links, pickupCode }: ActivityDependencies) {
  return {
    /** Nothing of a pickup is missing any more: it becomes one fulfillment of its store, and the customer gets the code. */
    gatherPickup: (step: GatherStep): Promise<GatheredPickup | null> =>
      store.gatherPickup({ ...step, pickupCode: pickupCode(), orderUrl: links.orderPage(step.orderId) }),

    /** What was sent to a store and is lost or on its way back is given up, unless the store has it. */
    giveUpSent: store.giveUpSent,
  };
}
