import { workflowInfo } from '@temporalio/workflow';
import { undeliveredReturnIdOf, undeliveredReturns } from '../domain/returns/undelivered';
import { ledger } from './activities';
import type { SourcedFulfillment } from './messages';
import { returnUndelivered } from './return';
import { followAll, hasUnfollowed, shouldContinueAsNew } from './routines';
import { beginShortage, followShortage, lapseShortages, nextLapse } from './shortage';
import { isoOf, newsOf, now, openPieces, type OrderThread, type Part, type Shortage } from './thread';
import { until } from './waiting';

type Pieces = { lineId: string; quantity: number }[];

export interface SourcedRound {
  parts: Part[];
  /** What nobody has, and what becomes of it; null when nothing is short. */
  shortage: Shortage | null;
  /** Of it, what waits, and what was given up already. */
  backordered: Pieces;
  givenUp: Pieces;
}

/** Rules choose locations for the lines, all when none are named, and take their stock. */
export async function source(thread: OrderThread, lines?: Pieces): Promise<SourcedRound> {
  thread.round += 1;
  const request = { orderId: thread.orderId, round: thread.round, at: now() };
  const { fulfillments, backordered, onShortage } = await ledger.sourceOrder(
    lines ? { ...request, lines } : request,
  );
  const parts = fulfillments.map((each) => begin(thread, each));
  if (backordered.length === 0) return { parts, shortage: null, backordered, givenUp: [] };
  const shortage = await beginShortage(thread, backordered, onShortage);
  const { givenUp } = shortage;
  return givenUp
    ? { parts, shortage, backordered: [], givenUp }
    : { parts, shortage, backordered, givenUp: [] };
}

function begin(thread: OrderThread, sourced: SourcedFulfillment): Part {
  // Pieces may have been cancelled before their work was heard of.
  const lines = thread.workLeft?.[sourced.fulfillmentId] ?? sourced.lines;
  const part: Part = {
    ...sourced,
    lines,
    ...(lines.length === 0 ? { isTakenBack: true as const } : {}),
    stage: 'toPrepare',
    actBefore: Date.now() + sourced.actWithinMs,
    isBusy: false,
  };
  thread.parts.push(part);
  return part;
}

/**
 * One routine per location, side by side, until all is with the customer or given up. Refused work and stock
 * that came in begin new ones. False when the order should go on in a new run.
 */
export async function fulfil(thread: OrderThread, followed: Set<string>): Promise<boolean> {
  const isEnded = (part: Part): boolean => part.stage === 'over' && !part.isSettled;
  for (;;) {
    followAll(thread, followed);
    const isOver = thread.parts.every((part) => part.isSettled) && thread.arrived.length === 0;
    if (isOver && openPieces(thread) === 0) return true;
    const hasNews = (): boolean =>
      thread.arrived.length > 0 ||
      thread.parts.some(isEnded) ||
      hasUnfollowed(thread, followed) ||
      thread.isLapseMoved === true ||
      workflowInfo().continueAsNewSuggested;
    const came = await until(thread, hasNews, nextLapse(thread));
    delete thread.isLapseMoved;
    if (await shouldContinueAsNew(thread)) return false;
    if (!came) await lapseShortages(thread);
    await takeUpArrived(thread);
    for (const part of thread.parts.filter(isEnded)) await conclude(thread, part);
  }
}

/** Stock came in for lines that waited: the work is shown to its locations. */
async function takeUpArrived(thread: OrderThread): Promise<void> {
  if (thread.arrived.length === 0) return;
  await until(thread, () => !thread.isHeld, null);
  const begun = thread.arrived.splice(0).map((each) => begin(thread, each));
  const work = begun.filter((part) => !part.isTakenBack);
  if (work.length > 0) await release(thread, work);
}

async function release(thread: OrderThread, parts: Part[]): Promise<void> {
  const work = parts.map((part) => part.fulfillmentId);
  await ledger.releaseWork({
    orderId: thread.orderId,
    release: work,
    isComplete: openPieces(thread) === 0,
    key: `released:${thread.round}:${work[0] ?? 'none'}`,
    at: now(),
  });
}

/** A fulfillment is over: refused work is sourced elsewhere, undelivered parcels become returns. */
async function conclude(thread: OrderThread, part: Part): Promise<void> {
  part.isSettled = true;
  if (part.result === 'rejected') {
    const { parts, shortage, backordered } = await source(thread, part.lines);
    if (parts.length > 0) await release(thread, parts);
    // What is offered instead tells what is missing.
    if (shortage && backordered.length > 0 && shortage.then !== 'alternative')
      await ledger.tellBackorder({
        orderId: thread.orderId,
        backordered,
        round: thread.round,
        until: isoOf(shortage.until),
        at: now(),
      });
    if (shortage) await followShortage(thread, shortage);
  }
  if (part.result === 'undelivered' || part.result === 'partlyDelivered') await takeBack(thread, part);
}

/** What never arrived is given back: the whole of it at once, or the parcels that were lost or came back. */
async function takeBack(thread: OrderThread, part: Part): Promise<void> {
  const { fulfillmentId, lines } = part;
  const { undelivered, pieces } = newsOf(thread, fulfillmentId);
  const isMixed = pieces && [pieces.delivered, pieces.returned, pieces.lost].filter(hasAny).length > 1;
  // What was to be paid at the door never will be.
  if (part.result === 'undelivered') thread.hasGivenUp = true;
  const returns = isMixed
    ? undeliveredReturns(fulfillmentId, pieces)
    : [{ returnId: undeliveredReturnIdOf(fulfillmentId), lines, isLost: undelivered === 'lost' }];
  for (const each of returns) await returnUndelivered(thread, each);
}

const hasAny = (pieces: readonly unknown[]): boolean => pieces.length > 0;
