import { carriers, ledger, money } from './activities';
import { showInSearch } from './engine/search';
import { now } from './engine/clock';
import type { OrderThread } from './thread';
import { OrderEndsEarly } from './waiting';

/** Why an order ends by itself; the mail to the customer has words for each. */
export type EarlyEndReason = 'holdNotReleased' | 'paymentDeclined' | 'paymentNotReceived' | 'notSupplied';

/** The order itself decides to end. `detail` is for staff, as the provider's own words. */
export async function endEarly(thread: OrderThread, reason: EarlyEndReason, detail?: string): Promise<never> {
  const isDeclined = reason === 'paymentDeclined';
  const decision = isDeclined ? 'declined' : 'cancelled';
  const result = await ledger.cancelOrder({
    orderId: thread.orderId,
    reason,
    ...(detail === undefined ? {} : { detail }),
    actor: 'system',
    decision,
    at: now(),
  });
  if (result.outcome === 'refused') throw new Error(`${thread.orderId} cannot end early: ${result.because}`);
  thread.isCancelled = true;
  throw new OrderEndsEarly(reason, isDeclined, result.booked);
}

/** Undoes what reaches outside: bookings and money. Each undo tolerates an effect that never happened. */
export async function undo(thread: OrderThread, end: OrderEndsEarly): Promise<void> {
  const { orderId } = thread;
  await Promise.all(
    end.booked.map((fulfillmentId) => carriers.cancelBooking({ orderId, fulfillmentId, at: now() })),
  );
  await money.giveMoneyBack({ orderId, reason: end.reason, isDeclined: end.isDeclined, at: now() });
  showInSearch({ status: 'cancelled', waitingFor: 'nothing' });
}
