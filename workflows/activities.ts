import {
  ActivityFailure,
  ApplicationFailure,
  proxyActivities,
  proxyLocalActivities,
  TemporalFailure,
} from '@temporalio/workflow';
import type { Activities } from '../activities';
import { says } from './engine/placed-since';

type Ledger = Pick<
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
>;

const ledgerRetry = { initialInterval: '100ms', backoffCoefficient: 2, maximumInterval: '15s' } as const;

/**
 * Short idempotent steps against our own database: local activities, which cost one marker each. What the database does
 * not do within seconds is left to an activity with a task of its own, and tried until it succeeds, because the database
 * comes back: an order's task that went on for longer would hear of nothing, fill the history, and be given another time
 * when it is replayed.
 */
export const ledger: Ledger = new Proxy({} as Ledger, {
  get: (_, name: keyof Ledger) => (says('hearsInTurn') ? inTime(name) : endless[name]),
});

/**
 * Tried once, within less than the part of a task (8 of 10 s) after which its worker asks for another. A second try would
 * begin the time anew: Temporal's SDK lets a local step that took too long be tried without end.
 */
const soon = proxyLocalActivities<Ledger>({
  startToCloseTimeout: '5s',
  scheduleToCloseTimeout: '7s',
  retry: { maximumAttempts: 1 },
});

const patient = proxyActivities<Ledger>({ startToCloseTimeout: '20s', retry: ledgerRetry });

/** Of orders that were placed before. */
const endless = proxyLocalActivities<Ledger>({
  startToCloseTimeout: '20s',
  localRetryThreshold: '20s',
  retry: ledgerRetry,
});

const inTime = (name: keyof Ledger) => async (input: never) => {
  try {
    return await soon[name](input);
  } catch (error) {
    if (!mayYetSucceed(error)) throw error;
    return patient[name](input);
  }
};

/** That its time is over is told as the cause of another failure; when it is replayed, by itself. */
function mayYetSucceed(error: unknown): boolean {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof TemporalFailure && !(cause instanceof ApplicationFailure && cause.nonRetryable);
}

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
