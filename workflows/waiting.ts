import { condition } from '@temporalio/workflow';
import { ledger } from './activities';
import { notAllowed } from './allowed';
import { areLinesAsked, decideLines } from './change/cancel-lines';
import { areOffersAsked, decideOffers } from './supply/offers';
import { areEditsAsked, decideEdits } from './change/edit-order';
import { now } from './engine/clock';
import type { OrderThread } from './thread';

/** The order comes to its end early; everything in the database that is ours is taken back already. */
export class OrderEndsEarly extends Error {
  constructor(
    readonly reason: string,
    readonly isDeclined: boolean,
    /** Fulfillments whose carrier booking is to be cancelled. */
    readonly booked: string[],
  ) {
    super(reason);
  }
}

/**
 * Waits like `waitUntil`, and answers requests to cancel that came before or meanwhile: done, and the order ends
 * here; done for some pieces, or refused, and the wait goes on.
 */
export async function until(
  thread: OrderThread,
  what: () => boolean,
  deadline: number | null,
): Promise<boolean> {
  for (;;) {
    if (thread.cancelAsked) await decideCancellation(thread, thread.cancelAsked);
    if (areLinesAsked(thread)) await decideLines(thread);
    if (areOffersAsked(thread)) await decideOffers(thread);
    if (areEditsAsked(thread)) await decideEdits(thread);
    if (what()) return true;
    const isAsked = (): boolean =>
      thread.cancelAsked !== null || areLinesAsked(thread) || areOffersAsked(thread) || areEditsAsked(thread);
    const isOver = (): boolean => what() || isAsked();
    if (deadline === null) await condition(isOver);
    else if (deadline <= Date.now() || !(await condition(isOver, deadline - Date.now()))) return false;
  }
}

async function decideCancellation(
  thread: OrderThread,
  asked: { reason: string; actor: string },
): Promise<void> {
  // A step under way takes effect or does not: only then is it known what there is to undo.
  await condition(() => thread.parts.every((part) => !part.isBusy));
  const result = await ledger.cancelOrder({
    orderId: thread.orderId,
    ...asked,
    decision: 'cancelled',
    at: now(),
  });
  thread.cancelAsked = null;
  if (result.outcome === 'refused') {
    thread.cancelAnswer = notAllowed(thread, result.because);
    return;
  }
  thread.isCancelled = true;
  thread.cancelAnswer = { outcome: 'done' };
  throw new OrderEndsEarly(asked.reason, false, result.booked);
}
