import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';

/**
 * Short idempotent steps against our own database: local activities, which cost one marker each. They are
 * tried until they succeed, because the database comes back.
 */
export const ledger = proxyLocalActivities<
  Pick<
    Activities,
    | 'recordOrder'
    | 'sourceOrder'
    | 'confirmOrder'
    | 'carryOut'
    | 'releaseWork'
    | 'tellBackorder'
    | 'recordStep'
    | 'recordDelivery'
    | 'expireFulfillment'
    | 'remindSupplier'
    | 'gatherPickup'
    | 'giveUpSent'
    | 'giveUpBackorders'
    | 'requestPurchase'
    | 'askPerson'
    | 'requestTransfers'
    | 'sendInstead'
    | 'giveUpTransfers'
    | 'withdrawBackorders'
    | 'placeHold'
    | 'releaseHolds'
    | 'cancelOrder'
    | 'cancelLines'
    | 'offerAlternatives'
    | 'offerForLate'
    | 'answerOffer'
    | 'expireOffers'
    | 'prepareEdit'
    | 'applyEdit'
    | 'remindOfEdit'
    | 'endAwaitedEdit'
    | 'openReturn'
    | 'expireReturn'
  >
>({
  startToCloseTimeout: '20s',
  localRetryThreshold: '20s',
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumInterval: '15s' },
});

/** Steps that reach outside, tried once within the order's own task: see `at-once.ts`. */
export const atOnce = proxyLocalActivities<
  Pick<Activities, 'authorizePayments' | 'bookShipment' | 'settleShipment'>
>({
  startToCloseTimeout: '3s',
  scheduleToCloseTimeout: '5s',
  retry: { maximumAttempts: 1 },
});

/** A worker that dies in a step is noticed after so long; the steps beat while they are under way. */
const heartbeatTimeout = '10s';

/** Payment providers: what they decide is a value; being out of reach is tried again without end. */
export const money = proxyActivities<
  Pick<
    Activities,
    | 'authorizePayments'
    | 'settleShipment'
    | 'giveMoneyBack'
    | 'giveExcessBack'
    | 'giveLinesBack'
    | 'authorizeEdit'
    | 'dropEdit'
    | 'giveEditBack'
    | 'refundReturn'
  >
>({
  startToCloseTimeout: '60s',
  heartbeatTimeout,
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '5m' },
});

/** Carriers: slower, and down more often. */
export const carriers = proxyActivities<
  Pick<Activities, 'bookShipment' | 'cancelBooking' | 'sendReturnLabel'>
>({
  startToCloseTimeout: '90s',
  heartbeatTimeout,
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10m' },
});
