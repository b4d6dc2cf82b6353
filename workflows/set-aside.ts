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
  if (thread.heldBack) {
    const freed = thread.parts.filter((part) => isHeldBack(thread, part) && isToBegin(part));
    work.push(...freed.map((part) => part.fulfillmentId));
    thread.heldBack = [];
    if (work.length === 0) return;
  }
  await ledger.releaseWork({
    orderId: thread.orderId,
    release: work,
    isComplete: openPieces(thread) === 0,
    key: `released:${thread.round}:${work[0] ?? 'none'}`,
    at: now(),
  });
}
