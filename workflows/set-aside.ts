import type { JoinedWork } from '../activities/release-work';
import { ledger } from './activities';
import { now } from './clock';
import type { Part } from './parts';
import { openPieces } from './short-pieces';
import type { OrderThread } from './thread';

/** Nothing of the order leaves yet: some of it still waits for stock, and all is to leave together. */
export const waitsForRest = (thread: OrderThread): boolean =>
  thread.waitsTogether === true && (openPieces(thread) > 0 || thread.arrived.length > 0);

export const isHeldBack = ({ heldBack = [] }: OrderThread, { fulfillmentId }: Part): boolean =>
  heldBack.includes(fulfillmentId);

/** What was set aside may leave: all is there, or what is not is waited for no longer. */
export const isFreed = (thread: OrderThread): boolean =>
  (thread.heldBack ?? []).length > 0 && !waitsForRest(thread);

export const workOf = ({ parts }: OrderThread): string[] =>
  parts.filter(({ isTakenBack }) => !isTakenBack).map(({ fulfillmentId }) => fulfillmentId);

/** Whether all that there is of the order is kept until the rest has come. */
export function setAside(thread: OrderThread): boolean {
  if (!waitsForRest(thread)) return false;
  thread.heldBack = workOf(thread);
  return true;
}

const isToBegin = ({ stage, isTakenBack }: Part): boolean => stage === 'toPrepare' && !isTakenBack;

/** Locations may begin, unless what they have is set aside until the rest of the order is there. */
export async function release(thread: OrderThread, parts: Part[]): Promise<void> {
  const work = parts.map((part) => part.fulfillmentId);
  if (waitsForRest(thread)) return void (thread.heldBack ??= []).push(...work);
  const joins: JoinedWork[] = [];
  if (thread.heldBack) {
    const freed = thread.parts.filter((part) => isHeldBack(thread, part) && isToBegin(part));
    work.push(...freed.map((part) => part.fulfillmentId));
    joins.push(...joinsOf(thread, work));
    thread.heldBack = [];
    if (work.length === 0) return;
  }
  const released = await ledger.releaseWork({
    orderId: thread.orderId,
    release: work,
    isComplete: openPieces(thread) === 0,
    key: `released:${thread.round}:${work[0] ?? 'none'}`,
    ...(joins.length > 0 && { joins }),
    at: now(),
  });
  for (const each of released?.joined ?? []) follow(thread, each);
}

/** What was set aside at one place, for one destination, leaves as one: the first takes the others up. */
function joinsOf({ parts }: OrderThread, work: readonly string[]): JoinedWork[] {
  const places = new Map<string, JoinedWork>();
  for (const { fulfillmentId, locationId, mode, destination = '' } of parts) {
    if (!work.includes(fulfillmentId)) continue;
    const place = JSON.stringify([locationId, mode, destination]);
    const known = places.get(place);
    if (known) known.from.push(fulfillmentId);
    else places.set(place, { into: fulfillmentId, from: [] });
  }
  return [...places.values()].filter(({ from }) => from.length > 0);
}

/** From here on one routine does the work of all of them. */
function follow({ parts }: OrderThread, { into, from }: JoinedWork): void {
  const whole = parts.find(({ fulfillmentId }) => fulfillmentId === into)!;
  const lines = new Map(whole.lines.map(({ lineId, quantity }) => [lineId, quantity]));
  for (const part of parts.filter(({ fulfillmentId }) => from.includes(fulfillmentId))) {
    for (const { lineId, quantity } of part.lines) lines.set(lineId, (lines.get(lineId) ?? 0) + quantity);
    part.isTakenBack = true;
  }
  whole.lines = [...lines].map(([lineId, quantity]) => ({ lineId, quantity }));
}
