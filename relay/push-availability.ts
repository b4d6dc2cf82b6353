import { randomUUID } from 'node:crypto';
import {
  retryWaitMs,
  type AvailabilityEvent,
  type AvailabilityItem,
} from '../domain/stock/availability-event';
import type { AvailabilitySink } from '../ports/availability-sink';
import type { Store } from '../store';
import type { ClaimedSubscription } from '../store/push/claim-subscription';
import { repeat } from './repeat';

export interface PushAvailabilityDependencies {
  store: Pick<
    Store,
    | 'beginPush'
    | 'claimSubscriptions'
    | 'keepMarks'
    | 'keepWalk'
    | 'readChanges'
    | 'readChannelAvailability'
    | 'readSkusAfter'
    | 'recordRefused'
    | 'recordTaken'
    | 'releaseSubscription'
    | 'whatIsNews'
  >;
  sink: AvailabilitySink;
  now(): Date;
  onError(error: unknown): void;
  /** How long others keep off a channel whose pusher died. Longer than any message may take. */
  leaseMs?: number;
}

/** As many ledger rows, or SKUs of a walk, are looked at in one turn; no message holds more. */
const batch = 1_000;
const busyMs = 50;
const idleMs = 250;

/**
 * Tells the channels what they can sell as it changes: each one message at a time, only figures that differ from what it
 * was told, always the newest. Several pushers may run side by side; a channel is in the hands of one.
 */
export function pushAvailability(dependencies: PushAvailabilityDependencies): { stop(): Promise<void> } {
  const pusher = randomUUID();
  return repeat(
    async () => {
      return (await pushDue(dependencies, pusher)) ? busyMs : idleMs;
    },
    { afterFailureMs: idleMs, onError: dependencies.onError },
  );
}

/** One turn over all channels that have something to be told; true when there is more at once. */
async function pushDue(dependencies: PushAvailabilityDependencies, pusher: string): Promise<boolean> {
  const { store, leaseMs = 15_000, onError } = dependencies;
  const claimed = await store.claimSubscriptions({ pusher, leaseMs });
  const more = await Promise.all(
    claimed.map(async (subscription) => {
      try {
        return await tell({ ...dependencies, leaseMs }, pusher, subscription);
      } catch (error) {
        onError(error);
        return false;
      } finally {
        await store.releaseSubscription(subscription.channel, pusher);
      }
    }),
  );
  return more.includes(true);
}

type Telling = PushAvailabilityDependencies & { leaseMs: number };

/** What has changed first; a walk waits for it. Of what a channel was never told nothing has changed: its snapshot comes to it. */
async function tell(telling: Telling, pusher: string, subscription: ClaimedSubscription): Promise<boolean> {
  const { store } = telling;
  const { channel, walk, walkedTo } = subscription;
  const changes = await store.readChanges(subscription, batch);
  const figures = await store.readChannelAvailability({ ...subscription, skus: changes.skus });
  const snapshotFrom = walk === 'snapshot' ? walkedTo : null;
  const news = await store.whatIsNews({ channel, snapshotFrom }, figures);
  for (let from = 0; from < news.length; from += batch) {
    const items = news.slice(from, from + batch);
    if (!(await send(telling, pusher, subscription, { kind: 'changes', isLast: true, items }))) return false;
  }
  await store.keepMarks({ channel, pusher, marks: changes.marks });
  if (changes.hasMore) return true;
  return walk === null ? false : walkOn(telling, pusher, subscription);
}

async function walkOn(telling: Telling, pusher: string, subscription: ClaimedSubscription): Promise<boolean> {
  const { store } = telling;
  const { channel, walkedTo, walkScopes } = subscription;
  const walk = subscription.walk!;
  const skus = await store.readSkusAfter({ after: walkedTo, scopes: walkScopes, limit: batch });
  const isOver = skus.length < batch;
  const figures = await store.readChannelAvailability({ ...subscription, skus });
  const items =
    walk === 'snapshot' ? figures : await store.whatIsNews({ channel, snapshotFrom: null }, figures);
  // The end of a snapshot is told even if nothing is left to be told with it.
  const isTold = items.length > 0 || (walk === 'snapshot' && isOver);
  if (isTold && !(await send(telling, pusher, subscription, { kind: walk, isLast: isOver, items })))
    return false;
  await store.keepWalk({ channel, pusher, walk, from: walkedTo, to: skus.at(-1) ?? walkedTo, isOver });
  return !isOver;
}

/** False when the channel did not take it, or is not ours any more: nothing of it counts as told. */
async function send(
  { store, sink, now, leaseMs }: Telling,
  pusher: string,
  { channel, url, secret, failures }: ClaimedSubscription,
  content: { kind: AvailabilityEvent['kind']; isLast: boolean; items: AvailabilityItem[] },
): Promise<boolean> {
  const sequence = await store.beginPush({
    channel,
    pusher,
    leaseMs,
    kind: content.kind,
    items: content.items,
  });
  if (sequence === null) return false;
  const answer = await sink.push({ url, secret }, { channel, sequence, at: now().toISOString(), ...content });
  if (answer.outcome === 'taken') {
    await store.recordTaken({ channel, pusher, sequence, items: content.items });
    return true;
  }
  const waitMs = retryWaitMs(failures + 1);
  await store.recordRefused({ channel, pusher, sequence, detail: answer.detail, waitMs });
  return false;
}
