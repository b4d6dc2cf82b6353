/** What a place has of a SKU, and what it wants to have, in pieces. */
export interface Replenished {
  /** There and not spoken for. */
  free: number;
  incoming: number;
  /** Ordered from the network, and not under way yet. */
  ordered: number;
  point: number;
  target: number;
}

/** How many pieces to order: up to the target once what is there and to come has fallen to the point. */
export function suggestedQuantity({ free, incoming, ordered, point, target }: Replenished): number {
  const position = free + incoming + ordered;
  return position <= point ? Math.max(0, target - position) : 0;
}
