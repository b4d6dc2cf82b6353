import { money } from '../money';
import { lineIdOf } from '../ids';
import type { LinePlaces } from './cancel-pieces';
import { activeOf, placeOf, type Targets } from './edit-targets';
import type { OrderEdit, PieceMove } from './order-edit';
import { valueOfPieces } from './totals';
import type { OrderLine } from './types';

/** Moves of an edit by what they do to a line: it goes with what is left of it, or some pieces leave it. */
export interface SortedMoves {
  /** By line, where it goes as a whole. */
  whole: ReadonlyMap<string, string | null>;
  /** Pieces that become a line of their own. */
  parts: readonly (PieceMove & { quantity: number })[];
}

/** What is left of a line after all others have moved goes with the last of its moves: it needs no line of its own. */
export function sortMoves(places: readonly LinePlaces[], { move = [] }: OrderEdit): SortedMoves {
  const whole = new Map<string, string | null>();
  const parts: (PieceMove & { quantity: number })[] = [];
  move.forEach(({ lineId, destination, quantity }, index) => {
    const all = move.filter((each) => each.lineId === lineId);
    const isLast = move.findLastIndex((each) => each.lineId === lineId) === index;
    const isAll = sumOf(all) === activeOf(placeOf(places, lineId));
    if (quantity === undefined || (isLast && isAll)) whole.set(lineId, destination);
    else parts.push({ lineId, destination, quantity });
  });
  return { whole, parts };
}

const sumOf = (moves: readonly PieceMove[]): number =>
  moves.reduce((sum, { quantity = 0 }) => sum + quantity, 0);

/** What lines keep of which some pieces leave. */
export const targetsAfter = (
  places: readonly LinePlaces[],
  targets: Targets,
  { parts }: SortedMoves,
): Targets => {
  const after = new Map(targets);
  for (const { lineId, quantity } of parts)
    after.set(lineId, (after.get(lineId) ?? activeOf(placeOf(places, lineId))) - quantity);
  return after;
};

/** A line that goes elsewhere as a whole. */
export function redirected(line: OrderLine, { whole }: SortedMoves): OrderLine {
  if (!whole.has(line.id)) return line;
  const { destination: _, ...rest } = line;
  const to = whole.get(line.id)!;
  return to === null ? rest : { ...rest, destination: to };
}

/**
 * Pieces that leave a line for another place, each as a line with its share of the discount: what stays has the first
 * share, then they in their order.
 *
 * @param before the lines as they were
 * @param stays pieces that stay, by line
 */
export function splitOff(
  orderId: string,
  before: readonly OrderLine[],
  { parts }: SortedMoves,
  stays: Targets,
  firstPosition: number,
): OrderLine[] {
  const taken = new Map<string, number>();
  return parts.map(({ lineId, destination, quantity }, index) => {
    const { destination: _, ...line } = before.find(({ id }) => id === lineId)!;
    const from = stays.get(lineId)! + (taken.get(lineId) ?? 0);
    taken.set(lineId, (taken.get(lineId) ?? 0) + quantity);
    const { discount } = line;
    return {
      ...line,
      id: lineIdOf(orderId, firstPosition + index),
      quantity,
      discount: money(valueOfPieces(discount.amount, line.quantity, from, quantity), discount.currency),
      ...(destination !== null && { destination }),
    };
  });
}
