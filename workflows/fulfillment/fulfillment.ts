import { ledger } from '../activities';
import { bookShipment, settleShipment } from '../engine/at-once';
import { remindBefore, supply } from './dropship';
import { escalate } from '../engine/escalate';
import { isoOf, now, waitUntil } from '../engine/clock';
import { newsOf } from '../news';
import { deadlineOf, whenHandedOver, whileBusy, type Part, type PartStage } from './parts';
import { isHeldBack } from '../supply/set-aside';
import { arriveAtStore, gather } from './ship-to-store';
import type { OrderThread } from '../thread';

const dayMs = 86_400_000;
/** A capture that stays declined for so many days is left to people; the parcel is on its way all the same. */
const captureAttempts = 5;

type Stage = (thread: OrderThread, part: Part) => Promise<PartStage>;

/**
 * The work of one location for one order, from the pick list to the customer's door or counter. Returns when it
 * is over; `part.result` says how. A refusal or a missed deadline ends it, and the order sources anew.
 */
export async function fulfillment(thread: OrderThread, part: Part): Promise<void> {
  while (part.stage !== 'over' && !thread.isCancelled) {
    const before = part.stage;
    part.stage = await stages[before](thread, part);
    if (part.stage !== before) delete part.deadline;
  }
  if (thread.isCancelled) part.result = 'cancelled';
  part.stage = 'over';
}

const stages: Record<Exclude<PartStage, 'over'>, Stage> = {
  toPrepare: prepare,
  toSupply: supply,
  toBook: book,
  toHandOver: handOver,
  toArrive: arriveAtStore,
  toGather: gather,
  toCollect: collect,
  toSettle: settle,
  toDeliver: deliver,
};

/** The location picks and packs, or makes ready; it may refuse. */
async function prepare(thread: OrderThread, part: Part): Promise<PartStage> {
  const news = newsOf(thread, part.fulfillmentId);
  const hasActed = (): boolean =>
    Boolean(
      news.packed || news.readyForPickup || news.atStore || news.rejected || news.confirmed || news.supplied,
    );
  const isOff = (): boolean => thread.isCancelled || part.isTakenBack === true;
  if (isHeldBack(thread, part)) {
    await waitUntil(() => !isHeldBack(thread, part) || isOff(), null);
    part.actBefore = Date.now() + part.actWithinMs;
  }
  if (part.isDropship) await remindBefore(thread, part, () => isOff() || hasActed());
  const { actBefore } = part;
  const acted = await waitUntil(() => isOff() || hasActed(), actBefore);
  if (isOff()) return over(part, 'cancelled');
  if (!acted) {
    // Meanwhile a hold was released, and its time has begun anew.
    if (part.actBefore !== actBefore) return 'toPrepare';
    // A hold stops the location; its time begins anew when it is released.
    if (thread.isHeld) {
      await waitUntil(() => !thread.isHeld || isOff(), null);
      part.actBefore = Date.now() + part.actWithinMs;
      return 'toPrepare';
    }
    // What a supplier confirmed is not taken away from it: it may be on its way.
    const from = part.isDropship ? ['allocated'] : ['allocated', 'picking'];
    await expire(thread, part, from, 'nobody acted before the deadline');
  }
  if (news.rejected) return over(part, 'rejected');
  if (part.isDropship) return 'toSupply';
  if (part.mode !== 'pickup') return 'toBook';
  return news.atStore && !news.readyForPickup ? 'toGather' : 'toCollect';
}

/** The database decides whether the deadline or the people were first; what it says becomes news. */
async function expire(thread: OrderThread, part: Part, from: string[], reason: string): Promise<void> {
  const news = newsOf(thread, part.fulfillmentId);
  const { orderId } = thread;
  const { fulfillmentId } = part;
  const result = await whileBusy(part, () =>
    ledger.expireFulfillment({
      orderId,
      fulfillmentId,
      from,
      reason,
      isGivenUp: part.stage === 'toCollect',
      at: now(),
    }),
  );
  if (result.outcome === 'expired') news.rejected = reason;
  else if (result.status === 'cancelled') news.rejected ??= reason;
  else if (result.status === 'delivered') news.collected = true;
  else if (part.isDropship) news.confirmed = true;
  else if (part.mode === 'pickup' && result.status === 'atStore') news.atStore = true;
  else if (part.mode === 'pickup') news.readyForPickup = true;
  else news.packed = true;
}

/** Carrier, labels and packing slip. When every carrier refuses, people are asked and it is tried daily. */
async function book(thread: OrderThread, part: Part): Promise<PartStage> {
  const booking = await whileBusy(part, () =>
    bookShipment(thread, { orderId: thread.orderId, fulfillmentId: part.fulfillmentId, at: now() }),
  );
  if (booking.outcome === 'booked') return 'toHandOver';
  await waitUntil(() => thread.isCancelled, Date.now() + dayMs);
  return 'toBook';
}

async function handOver(thread: OrderThread, part: Part): Promise<PartStage> {
  const news = newsOf(thread, part.fulfillmentId);
  const deadline = deadlineOf(part, thread.settings.handOverWithinMs);
  const came = await waitUntil(() => thread.isCancelled || Boolean(news.shipped || news.atStore), deadline);
  if (came) return whenHandedOver(part);
  await escalate(thread, part, 'handOverLate', 'the parcel to be handed over: it is packed but has not left');
  return 'toHandOver';
}

/** The customer collects by code; what nobody collects goes back to stock, and the money to the customer. */
async function collect(thread: OrderThread, part: Part): Promise<PartStage> {
  const news = newsOf(thread, part.fulfillmentId);
  const deadline = deadlineOf(part, thread.settings.collectWithinMs);
  const came = await waitUntil(() => thread.isCancelled || Boolean(news.collected), deadline);
  if (thread.isCancelled) return 'over';
  if (!came) await expire(thread, part, ['readyForPickup'], 'the customer did not collect');
  if (news.collected) return 'toSettle';
  thread.hasGivenUp = true;
  return over(part, 'notCollected');
}

/** What left is captured; a declined capture is tried again daily, and then left to people. */
async function settle(thread: OrderThread, part: Part): Promise<PartStage> {
  const { orderId } = thread;
  const { fulfillmentId } = part;
  for (let attempt = 1; attempt <= captureAttempts; attempt += 1) {
    const settled = await whileBusy(part, () =>
      settleShipment(thread, {
        orderId,
        fulfillmentId,
        attempt,
        at: now(),
        retryAt: isoOf(Date.now() + dayMs),
      }),
    );
    if (settled.outcome === 'captured') break;
    if (attempt < captureAttempts) await waitUntil(() => false, Date.now() + dayMs);
  }
  return part.mode === 'pickup' ? arrive(thread, part) : 'toDeliver';
}

/** The carrier delivers, or reports that it will not; the goods of an internal order are taken in. */
async function deliver(thread: OrderThread, part: Part): Promise<PartStage> {
  const news = newsOf(thread, part.fulfillmentId);
  const deadline = deadlineOf(part, thread.settings.deliverWithinMs);
  const came = await waitUntil(() => Boolean(news.delivered || news.undelivered), deadline);
  if (news.delivered) return arrive(thread, part);
  if (came) {
    const arrived = news.pieces?.delivered ?? [];
    return arrived.length > 0 ? arrive(thread, part, arrived) : over(part, 'undelivered');
  }
  const to = thread.toLocationId;
  await escalate(
    thread,
    part,
    'deliveryLate',
    to === undefined
      ? 'the carrier to say where the parcels are: they are late'
      : `the staff of ${to} to take the goods in: they are late`,
  );
  return 'toDeliver';
}

/** `pieces`: those of the parcels that arrived, when others did not. */
async function arrive(thread: OrderThread, part: Part, pieces?: Part['lines']): Promise<PartStage> {
  const arrivedAt = part.arrivedAt ?? Date.now();
  thread.lastDeliveredAt = arrivedAt;
  await whileBusy(part, () =>
    ledger.recordDelivery({
      orderId: thread.orderId,
      fulfillmentId: part.fulfillmentId,
      returnBefore: isoOf(arrivedAt + thread.settings.returnWindowMs),
      ...(pieces && { pieces }),
      at: now(),
    }),
  );
  return over(part, pieces ? 'partlyDelivered' : 'delivered');
}

function over(part: Part, result: NonNullable<Part['result']>): PartStage {
  part.result = result;
  return 'over';
}
