import type { StepWait } from '../story/record-step';

/** What lies in a store until the rest of its pickup is there. */
export const gatheringWait = (fulfillmentId: string, storeName: string): StepWait => ({
  key: fulfillmentId,
  what: `the rest of the pickup at ${storeName}`,
  until: null,
  then: 'the customer is told that all is ready',
});
