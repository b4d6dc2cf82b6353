import type { PickupWhenShort } from '../catalogue/location';
import type { LocationCalendar } from '../time/calendar';
import { piecesByLineOf } from './moving-work';
import type { Address, PlacedOrder } from './types';

/** A store at which a customer collects. */
export interface PickupStore {
  name: string;
  address: Address;
  whenShort: PickupWhenShort;
  /** How long it may take to take in what is sent there. */
  actWithinMs: number;
  calendar?: LocationCalendar;
}

type Addressed = Pick<PlacedOrder, 'shippingAddress' | 'delivery' | 'shipping'>;

/** How goods go to a store: that the customer collects them says nothing of it. */
export const methodToStore = 'standard';

/**
 * An order as what others send of it goes to the store at which it is collected: label, slip and way are the store's,
 * and the number tells the store whose it is.
 */
export const orderToStore = <Order extends Addressed>(
  order: Order,
  { name, address }: Pick<PickupStore, 'name' | 'address'>,
): Order => ({
  ...order,
  shippingAddress: { ...address, name },
  delivery: { mode: 'ship' },
  shipping: { ...order.shipping, method: methodToStore },
});

/** What of some pieces is left without others, by line. */
export function piecesWithout<Piece extends { lineId: string; quantity: number }>(
  pieces: readonly Piece[],
  others: readonly { lineId: string; quantity: number }[],
): Piece[] {
  const gone = piecesByLineOf(others);
  return pieces.flatMap((piece) => {
    const taken = Math.min(piece.quantity, gone.get(piece.lineId) ?? 0);
    gone.set(piece.lineId, (gone.get(piece.lineId) ?? 0) - taken);
    return taken === piece.quantity ? [] : [{ ...piece, quantity: piece.quantity - taken }];
  });
}
