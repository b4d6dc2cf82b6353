import type { OrderAnswer } from '../../../api/services/orders';

/** Nothing happens to it any more. */
export const isClosed = (order: OrderAnswer): boolean =>
  order.status === 'completed' || order.status === 'cancelled';

/** What should have happened by now. */
export const isBefore = (at: string | null, now: Date): boolean =>
  at !== null && Date.parse(at) < now.getTime();
