import type { ActivityDependencies } from './dependencies';
import { suppliedParts } from './dropship';
import { promisedParts } from './promised-parts';

export interface ReleaseRequest {
  orderId: string;
  release: string[];
  /** Nothing of the order waits for stock any more. */
  isComplete: boolean;
  key: string;
  at: string;
}

export function createReleaseActivities(dependencies: ActivityDependencies) {
  const { store } = dependencies;

  return {
    /** What held the work back is over, or stock came in: the locations may begin. */
    async releaseWork(input: ReleaseRequest): Promise<void> {
      const suppliers = await suppliedParts(dependencies, input.release, input.at);
      await store.releaseWork({
        release: input.release,
        step: {
          orderId: input.orderId,
          at: input.at,
          ...suppliers,
          ...(input.isComplete ? { decision: 'confirmed' } : {}),
          waitsOver: [
            'payment',
            ...(input.release.length > 0 ? ['remorse'] : []),
            ...(input.isComplete ? ['backorder', 'offer'] : []),
          ],
          promises: { key: input.key, parts: await promisedParts(dependencies, input.orderId, input.at) },
          events: [
            { key: input.key, type: 'workReleased', actor: 'system', data: { fulfillments: input.release } },
          ],
        },
      });
    },
  };
}
