import type { JoinedWork } from '../../store/order/join-work';
import { createChooseServices } from '../sourcing/choose-services';
import type { ActivityDependencies } from '../dependencies';
import { suppliedParts } from './dropship';
import { promisedParts } from '../confirm/promised-parts';

export type { JoinedWork };

export interface ReleaseRequest {
  orderId: string;
  release: string[];
  /** Nothing of the order waits for stock any more. */
  isComplete: boolean;
  key: string;
  /** Work that was set aside at one place, to leave as one. */
  joins?: JoinedWork[];
  at: string;
}

export function createReleaseActivities(dependencies: ActivityDependencies) {
  const { store } = dependencies;
  const chooseServices = createChooseServices(store);

  return {
    /**
     * What held the work back is over, or stock came in: the locations may begin. Answers what has joined, now or
     * before.
     */
    async releaseWork(input: ReleaseRequest): Promise<{ joined: JoinedWork[] } | null> {
      const { orderId, joins, key, at } = input;
      const joined = await store.joinWork({ orderId, joins: joins ?? [], release: input.release, at });
      const gone = new Set(joined.flatMap(({ from }) => from));
      const release = input.release.filter((id) => !gone.has(id));
      await chooseServices({ orderId, release, at });
      const suppliers = await suppliedParts(dependencies, release, at);
      await store.releaseWork({
        release,
        step: {
          orderId,
          at,
          ...suppliers,
          ...(input.isComplete ? { decision: 'confirmed' } : {}),
          waitsOver: [
            'payment',
            ...(release.length > 0 ? ['remorse'] : []),
            ...(input.isComplete ? ['backorder', 'offer'] : []),
          ],
          promises: { key, parts: await promisedParts(dependencies, orderId, at) },
          events: [{ key, type: 'workReleased', actor: 'system', data: { fulfillments: release } }],
        },
      });
      return joins || joined.length > 0 ? { joined } : null;
    },
  };
}
