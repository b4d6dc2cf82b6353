import { keepAlive } from './alive';
import { createAlternativeActivities } from './alternatives';
import { createBookActivities } from './book';
import { createConfirmActivities } from './confirm';
import { createDeliverActivities } from './deliver';
import type { ActivityDependencies } from './dependencies';
import { createDropshipActivities } from './dropship';
import { createEditMoneyActivities } from './edit-money';
import { createEditActivities } from './edit-order';
import { createGiveBackActivities } from './give-back';
import { createGiveLinesBackActivities } from './give-lines-back';
import { createPickupActivities } from './gather-pickup';
import { createPayActivities } from './pay';
import { createReleaseActivities } from './release-work';
import { restWhenSlow } from './rest-when-slow';
import { createReturnActivities } from './returns';
import { createSettleActivities } from './settle';
import { createShortageActivities } from './shortage';
import { createStepActivities } from './steps';
import { createTakeInActivities } from './take-in';
import { createTellBackorderActivities } from './tell-backorder';
import { showTroubles } from './troubles';

export type { ActivityDependencies } from './dependencies';

/**
 * Everything that an order's workflow can have done, by name. The names are in the histories of running
 * orders: never rename one.
 */
export function createActivities(dependencies: ActivityDependencies) {
  const { openReturn, expireReturn, ...returns } = createReturnActivities(dependencies);
  return {
    ...createTakeInActivities(dependencies),
    ...createShortageActivities(dependencies),
    ...createConfirmActivities(dependencies),
    ...createReleaseActivities(dependencies),
    ...createTellBackorderActivities(dependencies),
    ...createDeliverActivities(dependencies),
    ...createDropshipActivities(dependencies),
    ...createPickupActivities(dependencies),
    ...createEditActivities(dependencies),
    ...createStepActivities(dependencies),
    ...createAlternativeActivities(dependencies),
    openReturn,
    expireReturn,
    ...keepAlive(
      showTroubles(dependencies, {
        ...restWhenSlow(createPayActivities(dependencies)),
        ...restWhenSlow(createBookActivities(dependencies)),
        ...restWhenSlow(createSettleActivities(dependencies)),
        ...createGiveBackActivities(dependencies),
        ...createEditMoneyActivities(dependencies),
        ...createGiveLinesBackActivities(dependencies),
        ...returns,
      }),
    ),
  };
}

export type Activities = ReturnType<typeof createActivities>;
