import type { JoinedWork } from '../../activities/fulfillment/release-work';
import { ledger } from '../activities';
import { now } from '../engine/clock';
import type { SourcedFulfillment } from '../messages';
import type { Part } from '../fulfillment/parts';
import { isApart, openPieces, openPiecesTo } from './waiting-counts';
import type { OrderThread } from '../thread';

/** Nothing of the order, or of what goes to this place, leaves yet: some of it still waits for stock. */
export const waitsForRest = (thread: OrderThread, part: Pick<Part, 'destination' | 'round'>): boolean =>
  waitsForAll(thread) || waitsForPlace(thread, part);

const waitsForAll = (thread: OrderThread): boolean =>
  thread.waitsTogether === true && (openPieces(thread) > 0 || thread.arrived.length > 0);

/** Each destination is a delivery of its own: what is collected for it waits for its own pieces alone. */
function waitsForPlace(thread: OrderThread, { destination, round }: Pick<Part, 'destination' | 'round'>) {
  if (!thread.collectedFor?.includes(destination ?? '')) return false;
  if (isApart(thread, round)) return false;
  const isComing = (part: SourcedFulfillment): boolean =>
    part.destination === destination && !isApart(thread, part.round);
  return openPiecesTo(thread, destination) > 0 || thread.arrived.some(isComing);
}

export const isHeldBack = ({ heldBack = [] }: OrderThread, { fulfillmentId }: Part): boolean =>
  heldBack.includes(fulfillmentId);

/** Some of what was set aside may leave: the rest is there, or what is not is waited for no longer. */
export const isFreed = (thread: OrderThread): boolean =>
  thread.parts.some((part) => isHeldBack(thread, part) && !waitsForRest(thread, part));

/** What is told of what waits: with what it leaves, or is collected. */
export const leavesWith = (thread: OrderThread) => ({
  ...(thread.waitsTogether && { isTogether: true as const }),
  ...(thread.collectedFor?.some((name) => openPiecesTo(thread, name || undefined) > 0) && {
    isCollected: true as const,
  }),
  ...((thread.gathersAll || (thread.gatheredFor ?? []).length > 0) && { isGathered: true as const }),
});

const isThere = ({ isTakenBack }: Part): boolean => !isTakenBack;

/** Keeps what is to leave with what still waits for stock; answers what may leave. */
export function setAside(thread: OrderThread): string[] {
  const work = thread.parts.filter(isThere);
  const kept = work.filter((part) => waitsForRest(thread, part));
  if (kept.length > 0) thread.heldBack = idsOf(kept);
  else delete thread.heldBack;
  return idsOf(work.filter((part) => !kept.includes(part)));
}

const idsOf = (parts: readonly Part[]): string[] => parts.map(({ fulfillmentId }) => fulfillmentId);

const isToBegin = ({ stage, isTakenBack }: Part): boolean => stage === 'toPrepare' && !isTakenBack;

/** Locations may begin, unless what they have is set aside until what it is to leave with is there. */
export async function release(thread: OrderThread, parts: Part[]): Promise<void> {
  const kept = parts.filter((part) => waitsForRest(thread, part));
  if (kept.length > 0) (thread.heldBack ??= []).push(...idsOf(kept));
  const work = idsOf(parts.filter((part) => !kept.includes(part)));
  const freed = thread.parts.filter((part) => isHeldBack(thread, part) && !waitsForRest(thread, part));
  work.push(...idsOf(freed.filter(isToBegin)));
  const joins = thread.heldBack ? joinsOf(thread, work) : [];
  thread.heldBack = thread.heldBack?.filter((id) => !idsOf(freed).includes(id));
  if (work.length === 0) return;
  const released = await ledger.releaseWork({
    orderId: thread.orderId,
    release: work,
    isComplete: openPieces(thread) === 0,
    key: `released:${thread.round}:${work[0]}${work.length > 1 ? `:${work.length}` : ''}`,
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
  const whole = parts.find(({ fulfillmentId }) => fulfillmentId === into);
  const lines = new Map(whole?.lines.map(({ lineId, quantity }) => [lineId, quantity]));
  for (const part of parts.filter(isThere).filter(({ fulfillmentId }) => from.includes(fulfillmentId))) {
    for (const { lineId, quantity } of part.lines) lines.set(lineId, (lines.get(lineId) ?? 0) + quantity);
    part.isTakenBack = true;
  }
  if (whole) whole.lines = [...lines].map(([lineId, quantity]) => ({ lineId, quantity }));
}
