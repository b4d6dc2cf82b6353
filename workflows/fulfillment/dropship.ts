import { ledger } from '../activities';
import { escalate } from '../engine/escalate';
import { now, waitUntil } from '../engine/clock';
import { newsOf } from '../news';
import { deadlineOf, whenHandedOver, whileBusy, type Part, type PartStage } from './parts';
import type { OrderThread } from '../thread';

/** A supplier that has not answered when half of its time is over is reminded. */
export async function remindBefore(
  thread: OrderThread,
  part: Part,
  hasAnswered: () => boolean,
): Promise<void> {
  if (part.reminders) return;
  const came = await waitUntil(hasAnswered, part.actBefore - part.actWithinMs / 2);
  if (!came && !thread.isHeld) await remind(thread, part);
}

/**
 * A supplier that will do the work ships with a carrier of its own or packs for ours. One that is late is reminded
 * and shown to operations, again and again; only people take the work away.
 */
export async function supply(thread: OrderThread, part: Part): Promise<PartStage> {
  const news = newsOf(thread, part.fulfillmentId);
  const deadline = deadlineOf(part, part.actWithinMs);
  const hasActed = (): boolean => Boolean(news.packed || news.supplied || news.rejected);
  const came = await waitUntil(() => thread.isCancelled || hasActed(), deadline);
  if (thread.isCancelled) return 'over';
  if (news.rejected) {
    part.result = 'rejected';
    return 'over';
  }
  if (came) return news.packed ? 'toBook' : whenHandedOver(part);
  await escalate(thread, part, 'supplierLate', 'the supplier to ship: it confirmed and is late');
  await remind(thread, part);
  return 'toSupply';
}

async function remind(thread: OrderThread, part: Part): Promise<void> {
  part.reminders = (part.reminders ?? 0) + 1;
  const { orderId } = thread;
  const { fulfillmentId, reminders: nth } = part;
  await whileBusy(part, () => ledger.remindSupplier({ orderId, fulfillmentId, nth, at: now() }));
}
