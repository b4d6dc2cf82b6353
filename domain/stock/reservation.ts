export const reservationStates = ['held', 'released', 'expired', 'converted'] as const;
/** `converted`: its pieces have become those of an order. */
export type ReservationState = (typeof reservationStates)[number];
const actions = ['extend', 'release'] as const;
export type ReservationAction = (typeof actions)[number];

/** What may be asked of a reservation: anything while it is held, nothing afterwards. */
export const allowedReservationActions = (status: ReservationState): ReservationAction[] =>
  status === 'held' ? [...actions] : [];

/** Pieces of a SKU that are held at a place. */
export interface ReservedPieces {
  sku: string;
  locationId: string;
  quantity: number;
}

/** How long pieces are held when nobody says. */
export const usualReservationMs = 15 * 60_000;

/** A reservation as an order that names it meets it. */
export interface NamedReservation {
  channel: string;
  status: ReservationState;
  orderId: string | null;
  pieces: ReservedPieces[];
}

export type CartVerdict =
  | { outcome: 'usable'; pieces: ReservedPieces[] }
  /** This order has them already. */
  | { outcome: 'used' }
  | { outcome: 'unusable'; because: string };

/**
 * Whether an order may have the pieces of the reservation that it names. One that has expired may still be had while
 * its pieces are held: nobody else has taken them.
 */
export function judgeReservation(
  reservation: NamedReservation | null,
  order: { id: string; channel: string },
): CartVerdict {
  if (reservation === null || reservation.channel !== order.channel)
    return { outcome: 'unusable', because: 'the channel has no such reservation' };
  if (reservation.status === 'held') return { outcome: 'usable', pieces: reservation.pieces };
  if (reservation.orderId === order.id) return { outcome: 'used' };
  return {
    outcome: 'unusable',
    because:
      reservation.status === 'converted' ? 'another order has its pieces' : `it was ${reservation.status}`,
  };
}
