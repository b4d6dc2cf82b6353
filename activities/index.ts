import { keepAlive } from './alive';
import { createAlternativeActivities } from './offer/alternatives';
import { createBookActivities } from './fulfillment/book';
import { createConfirmActivities } from './confirm/confirm';
import { createDeliverActivities } from './fulfillment/deliver';
import type { ActivityDependencies } from './dependencies';
import { createDropshipActivities } from './fulfillment/dropship';
import { createEditMoneyActivities } from './edit/edit-money';
import { createEditActivities } from './edit/edit-order';
import { createGiveBackActivities } from './money/give-back';
import { createGiveLinesBackActivities } from './money/give-lines-back';
import { createPickupActivities } from './fulfillment/gather-pickup';
import { createPayActivities } from './money/pay';
import { createReleaseActivities } from './fulfillment/release-work';
import { restWhenSlow } from './rest-when-slow';
import { createReturnActivities } from './returns';
import { createSettleActivities } from './fulfillment/settle';
import { createShortageActivities } from './shortage/shortage';
import { createStepActivities } from './steps';
import { createTakeInActivities } from './take-in';
import { createTellBackorderActivities } from './shortage/tell-backorder';
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
