import { workflowInfo } from '@temporalio/workflow';
import { undeliveredReturnIdOf, undeliveredReturns } from '../../domain/returns/undelivered';
import { giveUpRefused } from './give-up';
import { newsOf } from '../news';
import type { Part } from '../fulfillment/parts';
import { areTooMany, refusalsOf } from './refusals';
import { returnUndelivered } from '../return';
import { followAll, hasUnfollowed, shouldContinueAsNew } from '../fulfillment/routines';
import { hasNotSent, sendInstead } from './send-instead';
import { isFreed, release } from './set-aside';
import { openPieces } from './waiting-counts';
import { lapseShortages, nextLapse } from './shortage';
import { isAskedToSource, withdrawWaiting } from './source-again';
import { begin, goOn, source, sourceAnew } from './sourcing';
import type { OrderThread } from '../thread';
import { until } from '../waiting';

/**
 * One routine per location, side by side, until all is with the customer or given up. Refused work and stock
 * that came in begin new ones. False when the order should go on in a new run.
 */
export async function fulfil(thread: OrderThread, followed: Set<string>): Promise<boolean> {
  const isEnded = (part: Part): boolean => part.stage === 'over' && !part.isSettled;
  for (;;) {
    if (isAskedToSource(thread)) await sourceAgain(thread);
    followAll(thread, followed);
    const isOver = thread.parts.every((part) => part.isSettled) && thread.arrived.length === 0;
    if (isOver && openPieces(thread) === 0) return true;
    const hasNews = (): boolean =>
      thread.arrived.length > 0 ||
      thread.parts.some(isEnded) ||
      hasRefused(thread) ||
      isAskedToSource(thread) ||
      isFreed(thread) ||
      hasLost(thread) ||
      hasNotSent(thread) ||
      hasUnfollowed(thread, followed) ||
      thread.isLapseMoved === true ||
      workflowInfo().continueAsNewSuggested;
    const came = await until(thread, hasNews, nextLapse(thread));
    delete thread.isLapseMoved;
    if (await shouldContinueAsNew(thread)) return false;
    if (hasRefused(thread)) await giveUpRefused(thread);
    if (!came) await lapseShortages(thread);
    await takeUpArrived(thread);
    for (const part of thread.parts.filter(isEnded)) await conclude(thread, part);
    if (hasLost(thread)) await sourceLost(thread);
    if (hasNotSent(thread)) await sendInstead(thread);
    if (isFreed(thread)) await release(thread, []);
  }
}

const hasLost = ({ lostPieces = [] }: OrderThread): boolean => lostPieces.length > 0;

/** What never arrived at its store is chosen for anew; until it is, nothing of its pickup is complete. */
async function sourceLost(thread: OrderThread): Promise<void> {
  const lines = thread.lostPieces!.map((line) => ({ ...line }));
  await sourceAnew(thread, lines);
  thread.lostPieces = thread.lostPieces!.slice(lines.length);
}

const hasRefused = ({ refusedPieces = [] }: OrderThread): boolean => refusedPieces.length > 0;

/** Stock came in for lines that waited: the work is shown to its locations. */
async function takeUpArrived(thread: OrderThread): Promise<void> {
  if (thread.arrived.length === 0) return;
  await until(thread, () => !thread.isHeld, null);
  const begun = thread.arrived.splice(0).map((each) => begin(thread, each));
  const work = begun.filter((part) => !part.isTakenBack);
  if (work.length > 0) await release(thread, work);
}

/** A fulfillment is over: refused work is sourced elsewhere, undelivered parcels become returns. */
async function conclude(thread: OrderThread, part: Part): Promise<void> {
  if (part.result === 'rejected') await sourceElsewhere(thread, part);
  if (part.result === 'undelivered' || part.result === 'partlyDelivered') await takeBack(thread, part);
  part.isSettled = true;
}

/** Without the locations that refused; when too many did, a person looks at it. */
async function sourceElsewhere(thread: OrderThread, { lines }: Part): Promise<void> {
  const refusals = areTooMany(thread) ? { refusals: refusalsOf(thread) } : {};
  await goOn(thread, await source(thread, { lines, ...refusals }));
}

/** A person asks for it: by the rules of now, or at the location that they choose. */
async function sourceAgain(thread: OrderThread): Promise<void> {
  for (const request of [...(thread.sourceAsked ?? [])]) {
    const lines = await withdrawWaiting(thread, request);
    const { locationId, afterTransfer } = request;
    const again = {
      lines,
      ...(locationId !== undefined && { byHand: locationId }),
      ...(afterTransfer && { afterTransfer }),
    };
    if (lines.length > 0) await goOn(thread, await source(thread, again), true);
    thread.sourceAsked = thread.sourceAsked?.filter(({ key }) => key !== request.key);
  }
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
