import { condition, patched } from '@temporalio/workflow';
import { holdTermsOf, type Hold } from '../domain/order/hold';
import { ledger } from './activities';
import { isAllowedNow, notAllowed } from './allowed';
import type { ActionAnswer, HoldRequest, LinesAnswer, ReleaseRequest } from './messages';
import { isoOf, now, waitUntil } from './engine/clock';
import type { OrderThread } from './thread';

/** A person holds the order back, for one more reason; it goes on when the last is released. */
export async function hold(thread: OrderThread, request: HoldRequest): Promise<ActionAnswer> {
  await untilMayChange(thread);
  // An order of before holds could be several has one at most.
  if (thread.isHeld && !knowsTypes(thread)) return { outcome: 'done' };
  if (isKnown(thread, request.key)) return { outcome: 'done' };
  if (thread.stage === 'afterSale' || !isAllowedNow(thread, 'hold'))
    return notAllowed(thread, 'There is nothing left to hold back');
  const placed = holdOf(thread, request);
  thread.isHeld = true;
  thread.holds += 1;
  if (knowsTypes(thread)) (thread.openHolds ??= []).push(placed);
  await changing(thread, () =>
    ledger.placeHold({ orderId: thread.orderId, hold: placed, actor: request.actor, at: now() }),
  );
  if (knowsTypes(thread)) followHolds(thread);
  return { outcome: 'done' };
}

/** Ends the hold that is named, or all. Who names one that was released before has what they want. */
export async function release(thread: OrderThread, request: ReleaseRequest): Promise<LinesAnswer> {
  await untilMayChange(thread);
  const { actor, holdId } = request;
  if (!isAllowedNow(thread, 'release')) return notAllowed(thread, 'The order is not on hold');
  const open = thread.openHolds ?? [];
  const isNamed = holdId !== undefined && open.length > 0;
  if (isNamed && !open.some(({ key }) => key === holdId)) return unknownHold(thread, holdId);
  const left = isNamed ? open.filter(({ key }) => key !== holdId) : [];
  const beginsTime = left.length === 0 && isPreparing(thread) && patched('time-begins-at-release');
  const at = now();
  await changing(thread, () =>
    ledger.releaseHolds({
      orderId: thread.orderId,
      ...(open.length > 0 && { holds: isNamed ? [holdId] : open.map(({ key }) => key) }),
      actor,
      backTo: thread.isConfirmed ? 'confirmed' : 'placed',
      key: isNamed ? holdId : `${thread.holds}`,
      ...(beginsTime && { beginsTime }),
      at,
    }),
  );
  thread.openHolds = left;
  thread.isHeld = thread.openHolds.length > 0;
  (thread.releasedHolds ??= []).push(...(isNamed ? [holdId] : open.map(({ key }) => key)));
  if (beginsTime) for (const part of toPrepare(thread)) part.actBefore = Date.parse(at) + part.actWithinMs;
  return { outcome: 'done' };
}

const toPrepare = ({ parts }: OrderThread) => parts.filter(({ stage }) => stage === 'toPrepare');
const isPreparing = (thread: OrderThread): boolean => toPrepare(thread).length > 0;

const isKnown = ({ openHolds = [], releasedHolds = [] }: OrderThread, key: string): boolean =>
  openHolds.some((each) => each.key === key) || releasedHolds.includes(key);

const unknownHold = (thread: OrderThread, holdId: string): LinesAnswer =>
  (thread.releasedHolds ?? []).includes(holdId)
    ? { outcome: 'done' }
    : {
        outcome: 'invalid',
        problems: [{ pointer: '/holdId', detail: `No hold "${holdId}" keeps the order` }],
      };

function holdOf(
  { settings }: OrderThread,
  { key, type = 'manual', reason, owner, until, then }: HoldRequest,
): Hold {
  const terms = holdTermsOf(type, { ...settings, holdTerms: settings.holdTerms ?? {} });
  return {
    ...{ key, type, reason, owner: owner ?? terms.owner, then: then ?? terms.then },
    until: until ?? isoOf(Date.now() + terms.withinMs),
  };
}

/** Orders that began before holds had types keep to the one deadline that they had then. */
const knowsTypes = ({ settings }: OrderThread): boolean => settings.holdTerms !== undefined;

/**
 * Watches the deadlines of all open holds until none is left: what nobody looked at in time ends the order, or is told
 * to operations. Begins once a run; costs nothing for an order that is not held.
 */
export function followHolds(thread: OrderThread): void {
  if (thread.areHoldsFollowed || !thread.openHolds?.length) return;
  thread.areHoldsFollowed = true;
  void watch(thread);
}

async function watch(thread: OrderThread): Promise<void> {
  const isOver = (): boolean => thread.isCancelled || ['afterSale', 'ended'].includes(thread.stage);
  for (;;) {
    const due = nextDue(thread);
    if (!due || isOver()) break;
    const isOpen = (): boolean => thread.openHolds?.includes(due) === true;
    const changed = await waitUntil(
      () => isOver() || !isOpen() || nextDue(thread) !== due,
      Date.parse(due.until),
    );
    if (!changed) await expire(thread, due);
  }
  thread.areHoldsFollowed = false;
}

const nextDue = ({ openHolds = [] }: OrderThread) =>
  openHolds
    .filter(({ isTold }) => !isTold)
    .reduce<(typeof openHolds)[number] | undefined>(
      (first, each) => (first && first.until <= each.until ? first : each),
      undefined,
    );

async function expire(
  thread: OrderThread,
  due: NonNullable<OrderThread['openHolds']>[number],
): Promise<void> {
  if (due.then === 'goOn') return void (await release(thread, { holdId: due.key, actor: 'system' }));
  if (due.then === 'cancelOrder' && isAllowedNow(thread, 'cancel')) {
    await condition(() => thread.cancelAsked === null);
    thread.cancelAnswer = null;
    thread.cancelAsked = { reason: 'holdNotReleased', actor: 'system' };
    await condition(() => thread.cancelAnswer !== null || thread.isCancelled || thread.stage === 'ended');
    if (thread.isCancelled) return;
  }
  await ledger.recordStep({
    orderId: thread.orderId,
    at: now(),
    events: [
      { key: `holdOverdue:${due.key}`, type: 'holdOverdue', actor: 'system', data: { holdId: due.key } },
    ],
  });
  due.isTold = true;
}

/** Asked before the order's first step is done, its rows are not there yet, nor its settings; one change at a time. */
async function untilMayChange(thread: OrderThread): Promise<void> {
  const mayChange = (): boolean =>
    thread.settings.holdWithinMs !== undefined && thread.isHoldChanging !== true;
  if (!mayChange()) await condition(mayChange);
}

async function changing(thread: OrderThread, step: () => Promise<void>): Promise<void> {
  thread.isHoldChanging = true;
  try {
    await step();
  } finally {
    thread.isHoldChanging = false;
  }
}
