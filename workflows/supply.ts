import { workflowInfo } from '@temporalio/workflow';
import { undeliveredReturnIdOf, undeliveredReturns } from '../domain/returns/undelivered';
import { ledger } from './activities';
import type { SourcedFulfillment } from './messages';
import { returnUndelivered } from './return';
import { followAll, hasUnfollowed, shouldContinueAsNew } from './routines';
import { isoOf, newsOf, now, openPieces, type OrderThread, type Part } from './thread';
import { until } from './waiting';

/** Stock may be given at the very moment at which a backorder is given up; its news gets so long to arrive. */
const graceMs = 60_000;

/** Rules choose locations for the lines, all when none are named, and take their stock. */
export async function source(
  thread: OrderThread,
  lines?: { lineId: string; quantity: number }[],
): Promise<{ parts: Part[]; backordered: { lineId: string; quantity: number }[] }> {
  thread.round += 1;
  const request = { orderId: thread.orderId, round: thread.round, at: now() };
  const sourced = await ledger.sourceOrder(lines ? { ...request, lines } : request);
  const waiting = sourced.backordered.reduce((sum, line) => sum + line.quantity, 0);
  thread.waitedPieces += waiting;
  if (waiting > 0) thread.backorderUntil = Date.now() + thread.settings.backorderWithinMs;
  return { parts: sourced.fulfillments.map((each) => begin(thread, each)), backordered: sourced.backordered };
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
      workflowInfo().continueAsNewSuggested;
    const came = await until(thread, hasNews, openPieces(thread) > 0 ? thread.backorderUntil : null);
    if (await shouldContinueAsNew(thread)) return false;
    if (!came) await giveUpBackorders(thread);
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
    const { parts, backordered } = await source(thread, part.lines);
    if (parts.length > 0) await release(thread, parts);
    if (backordered.length > 0)
      await ledger.tellBackorder({
        orderId: thread.orderId,
        backordered,
        round: thread.round,
        until: isoOf(thread.backorderUntil),
        at: now(),
      });
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

async function giveUpBackorders(thread: OrderThread): Promise<void> {
  const given = await ledger.giveUpBackorders({ orderId: thread.orderId, at: now() });
  thread.givenUpPieces = given.reduce((sum, line) => sum + line.quantity, 0);
  thread.hasGivenUp ||= given.length > 0;
  if (openPieces(thread) > 0) thread.backorderUntil = Date.now() + graceMs;
}
