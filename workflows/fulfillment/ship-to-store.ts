import { ledger } from '../activities';
import { now, waitUntil } from '../engine/clock';
import { escalate } from '../engine/escalate';
import { newsOf } from '../news';
import { deadlineOf, whileBusy, type Part, type PartStage } from './parts';
import { takeOver } from '../supply/sourcing';
import { openPieces, openPiecesTo } from '../supply/waiting-counts';
import type { OrderThread } from '../thread';

/** What was sent to a store arrives when the store says so; a carrier only says that it never will. */
export async function arriveAtStore(thread: OrderThread, part: Part): Promise<PartStage> {
  const news = newsOf(thread, part.fulfillmentId);
  const deadline = deadlineOf(part, thread.settings.deliverWithinMs);
  const hasEnded = (): boolean => Boolean(news.atStore || news.undelivered);
  const came = await waitUntil(() => thread.isCancelled || hasEnded(), deadline);
  if (thread.isCancelled) return 'over';
  if (news.atStore) return takeIn(thread, part);
  if (came) return giveUp(thread, part);
  await escalate(thread, part, 'deliveryLate', `the staff of ${part.pickupLocationId} to take the goods in`);
  return 'toArrive';
}

/** What is missing is sourced anew, and the rest waits for it. */
function takeIn(thread: OrderThread, part: Part): PartStage {
  const { short = [] } = newsOf(thread, part.fulfillmentId);
  part.lines = part.lines.flatMap((line) => {
    const missing = short.find(({ lineId }) => lineId === line.lineId)?.quantity ?? 0;
    return missing < line.quantity ? [{ ...line, quantity: line.quantity - missing }] : [];
  });
  if (short.length > 0) (thread.lostPieces ??= []).push(...short);
  if (part.lines.length > 0) return 'toGather';
  part.result = 'neverArrived';
  return 'over';
}

async function giveUp(thread: OrderThread, part: Part): Promise<PartStage> {
  const { fulfillmentId, lines } = part;
  const about = { orderId: thread.orderId, fulfillmentId, at: now() };
  const end = await whileBusy(part, () => ledger.giveUpSent(about));
  if (end.outcome === 'arrived') {
    newsOf(thread, fulfillmentId).atStore = true;
    return 'toArrive';
  }
  (thread.lostPieces ??= []).push(...lines);
  part.result = 'neverArrived';
  return 'over';
}

/** It lies in the store; when nothing of its pickup is missing any more, all of that becomes one, and the customer is told. */
export async function gather(thread: OrderThread, part: Part): Promise<PartStage> {
  const isOff = (): boolean => thread.isCancelled || part.isTakenBack === true;
  const isJoined = (): boolean => part.result !== undefined || part.stage !== 'toGather';
  await waitUntil(() => isOff() || isJoined() || isFirstOfWhole(thread, part), null);
  if (isJoined()) return part.stage;
  if (isOff()) {
    part.result = 'cancelled';
    return 'over';
  }
  await join(thread, part);
  return part.stage;
}

/** All of one pickup that lies in the store becomes one fulfillment of the store. */
async function join(thread: OrderThread, part: Part): Promise<void> {
  const parts = partsOfPickup(thread, part).filter(({ stage }) => stage === 'toGather');
  for (const each of parts) each.isBusy = true;
  const fulfillmentIds = parts.map(({ fulfillmentId }) => fulfillmentId);
  const pickup = await ledger.gatherPickup({ orderId: thread.orderId, fulfillmentIds, at: now() });
  for (const each of parts) {
    each.isBusy = false;
    if (each.fulfillmentId === pickup?.fulfillmentId) continue;
    each.result = 'gathered';
    each.stage = 'over';
  }
  if (pickup) takeOver(thread, part, pickup);
}

/** One of them has it joined; a hold keeps it from the customer. */
const isFirstOfWhole = (thread: OrderThread, part: Part): boolean =>
  !thread.isHeld &&
  isWhole(thread, part) &&
  partsOfPickup(thread, part).find(({ stage }) => stage === 'toGather') === part;

const partsOfPickup = ({ parts }: OrderThread, { destination }: Part): Part[] =>
  parts.filter((each) => each.stage !== 'over' && each.mode !== 'ship' && each.destination === destination);

/** What waits for stock is a pickup by itself, unless all of it is to be one. */
function waitsForStock(thread: OrderThread, { destination }: Part): boolean {
  if (thread.gathersAll) return openPieces(thread) > 0;
  if (!thread.gatheredFor?.includes(destination ?? '')) return false;
  return thread.waitsTogether ? openPieces(thread) > 0 : openPiecesTo(thread, destination) > 0;
}

/** Nothing of the pickup is on its way, being prepared, or being sourced anew at this moment. */
function isWhole(thread: OrderThread, part: Part): boolean {
  const { arrived, lostPieces = [], parts } = thread;
  const isThere = ({ stage, isTakenBack, isBusy }: Part): boolean =>
    isTakenBack === true ||
    (stage === 'toGather' && !isBusy) ||
    stage === 'toCollect' ||
    stage === 'toSettle';
  return (
    lostPieces.length === 0 &&
    !waitsForStock(thread, part) &&
    !arrived.some(({ destination }) => destination === part.destination) &&
    !parts.some(({ result, isSettled }) => result === 'rejected' && !isSettled) &&
    partsOfPickup(thread, part).every(isThere)
  );
}
