import type { FulfillmentState } from './states';

export interface LinePieces {
  quantity: number;
  /** Pieces of the line that were cancelled. */
  cancelled: number;
  /** Pieces that still wait for stock. */
  backordered: number;
  /** Pieces that came back and were taken in, whatever their condition. */
  returned: number;
  /** What each fulfillment of the order holds of the line. */
  parts: { status: string; quantity: number }[];
  isOrderCancelled: boolean;
}

/** Fulfillments in these states hold their pieces; of the others (rejected, cancelled) the line speaks itself. */
const holding: FulfillmentState[] = [
  'allocated',
  'picking',
  'packed',
  'shipped',
  'toStore',
  'atStore',
  'readyForPickup',
  'delivered',
  'returned',
];

/**
 * Where the pieces of a line are, by fulfillment state; the counts sum to the line's quantity and empty
 * states are left out. Pieces of nobody are `unsourced`, or `cancelled` once the order is.
 */
export function piecesByState(line: LinePieces): Partial<Record<FulfillmentState, number>> {
  const counts = new Map<FulfillmentState, number>();
  let left = line.quantity;
  const put = (state: FulfillmentState, wanted: number) => {
    const quantity = Math.min(wanted, left);
    if (quantity > 0) counts.set(state, (counts.get(state) ?? 0) + quantity);
    left -= Math.max(0, quantity);
  };
  for (const part of line.parts) {
    const state = holding.find((candidate) => candidate === part.status);
    if (state) put(state, part.quantity);
  }
  put('cancelled', line.cancelled);
  put('backordered', line.isOrderCancelled ? 0 : line.backordered);
  put(line.isOrderCancelled ? 'cancelled' : 'unsourced', left);
  moveReturned(counts, line.returned);
  return Object.fromEntries(counts);
}

// Pieces come back from what was delivered, or from what is still on its way and was refused at the door.
// A whole parcel that came back is `returned` by its fulfillment already and is not counted again.
function moveReturned(counts: Map<FulfillmentState, number>, returned: number): void {
  let open = returned - (counts.get('returned') ?? 0);
  for (const from of ['delivered', 'shipped'] as const) {
    const moved = Math.min(Math.max(0, open), counts.get(from) ?? 0);
    if (moved === 0) continue;
    open -= moved;
    counts.set('returned', (counts.get('returned') ?? 0) + moved);
    const rest = (counts.get(from) ?? 0) - moved;
    if (rest > 0) counts.set(from, rest);
    else counts.delete(from);
  }
}
