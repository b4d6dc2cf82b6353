import { fulfillmentStates, type FulfillmentState } from '../../domain/order/states';
import type { PiecesByState } from '../dependencies';

/** States with their pieces, in the order in which goods go through them. */
export const statesOf = (byState: PiecesByState): { state: FulfillmentState; quantity: number }[] =>
  fulfillmentStates.flatMap((state) => {
    const quantity = byState[state];
    return quantity ? [{ state, quantity }] : [];
  });

/** Pieces of several lines together. */
export function sumOfStates(lines: readonly { byState: PiecesByState }[]): PiecesByState {
  const sums: PiecesByState = {};
  for (const { byState } of lines)
    for (const { state, quantity } of statesOf(byState)) sums[state] = (sums[state] ?? 0) + quantity;
  return sums;
}

/** For a bar: each state with its share of the whole and where it begins, in percent. */
export function sharesOf(byState: PiecesByState) {
  const states = statesOf(byState);
  const total = states.reduce((sum, { quantity }) => sum + quantity, 0);
  let from = 0;
  return states.map(({ state, quantity }) => {
    const share = (100 * quantity) / total;
    const part = { state, quantity, from: from.toFixed(3), share: share.toFixed(3) };
    from += share;
    return part;
  });
}
