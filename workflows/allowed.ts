import { allowedOrderActions, type OrderAction } from '../domain/order/capabilities';
import type { OrderStatus } from '../domain/order/states';
import type { ActionAnswer } from './messages';
import { newsOf, type News } from './news';
import { openPieces } from './supply/waiting-counts';
import type { OrderThread } from './thread';

/** The same table that the API and the console ask, about the order as its own thread knows it. */
export function isAllowedNow(thread: OrderThread, action: OrderAction): boolean {
  return allowedNow(thread).includes(action);
}

/** A refusal names what would be allowed instead. */
export const notAllowed = (
  thread: OrderThread,
  because: string,
): ActionAnswer & { outcome: 'notAllowed' } => ({
  outcome: 'notAllowed',
  because,
  allowed: allowedNow(thread),
});

function allowedNow(thread: OrderThread): OrderAction[] {
  return allowedOrderActions({
    status: statusOf(thread),
    fulfillments: thread.parts.map((part) => {
      const news = newsOf(thread, part.fulfillmentId);
      if (
        part.result === 'delivered' ||
        part.result === 'partlyDelivered' ||
        news.delivered ||
        news.collected
      )
        return 'delivered';
      if (part.mode === 'shipToStore' && !part.result) return statusToStore(news);
      if (news.shipped) return 'shipped';
      if (part.result) return 'cancelled';
      if (part.stage === 'toGather') return 'atStore';
      return news.packed || news.readyForPickup ? 'packed' : 'allocated';
    }),
    isConfirmed: thread.isConfirmed,
    waitsForStock: openPieces(thread) > 0 || thread.arrived.length > 0,
    awaitsTransfer: false,
    awaitsEdit: thread.awaitedEdit !== undefined,
  });
}

/** Nothing of it has left us before its customer collects it. */
function statusToStore({ atStore, shipped, packed }: News): string {
  if (atStore) return 'atStore';
  if (shipped) return 'toStore';
  return packed ? 'packed' : 'allocated';
}

function statusOf(thread: OrderThread): OrderStatus {
  if (thread.isCancelled) return 'cancelled';
  if (thread.stage === 'ended') return 'completed';
  if (thread.isHeld) return 'onHold';
  return thread.isConfirmed ? 'confirmed' : 'placed';
}
