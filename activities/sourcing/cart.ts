import type { PlacedOrder } from '../../domain/order/types';
import type { Candidate } from '../../domain/sourcing/types';
import { judgeReservation, type CartVerdict } from '../../domain/stock/reservation';
import type { Store } from '../../store';

/** What is held for the cart that the order names; null when it names none, or had its chance before. */
export async function readCart(
  store: Pick<Store, 'findReservation'>,
  order: PlacedOrder,
  round: number,
): Promise<CartVerdict | null> {
  if (order.reservationId === undefined || round > 1) return null;
  return judgeReservation(await store.findReservation(order.reservationId), order);
}

/** The candidate as the order sees it: what is held for its cart is available to it. */
export function withCart(candidate: Candidate, cart: CartVerdict | null): Candidate {
  if (cart?.outcome !== 'usable') return candidate;
  const available = { ...candidate.available };
  for (const { sku, locationId, quantity } of cart.pieces)
    if (locationId === candidate.locationId && sku in available) available[sku]! += quantity;
  return { ...candidate, available };
}

/** Tells in the order's story that it went on without its cart. */
export async function tellCartLost(
  store: Pick<Store, 'recordStep'>,
  { id: orderId, reservationId }: PlacedOrder,
  cart: CartVerdict | null,
  at: string,
): Promise<void> {
  if (cart?.outcome !== 'unusable') return;
  const data = { reservationId, because: cart.because };
  const event = { key: 'reservationNotUsed', type: 'reservationNotUsed', actor: 'system', data };
  await store.recordStep({ orderId, at, events: [event] });
}
