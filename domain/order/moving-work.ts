import type { Assignment } from '../sourcing/types';
import type { AskedPieces } from './cancel-pieces';
import type { DeliveryMode } from './types';

/** Work of a location that may still be changed, with what is left of it. */
export interface OpenWork {
  fulfillmentId: string;
  locationId: string;
  mode: string;
  lines: readonly AskedPieces[];
}

/**
 * Which work a new decision takes away: what it would give to the same location, piece by piece, stays there, so that
 * nobody loses what they have begun for nothing.
 */
export function workToMove(
  work: readonly OpenWork[],
  assignments: readonly Assignment[],
  mode: DeliveryMode,
): OpenWork[] {
  return work.filter((part) => {
    const given = assignments.find(({ locationId }) => locationId === part.locationId);
    return part.mode !== mode || !given || !isSamePieces(part.lines, given.lines);
  });
}

function isSamePieces(a: readonly AskedPieces[], b: readonly AskedPieces[]): boolean {
  const pieces = piecesByLineOf([...b]);
  const mine = piecesByLineOf([...a]);
  return (
    mine.size === pieces.size && [...mine].every(([lineId, quantity]) => pieces.get(lineId) === quantity)
  );
}

/** Pieces summed up by line. */
export function piecesByLineOf(pieces: readonly AskedPieces[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { lineId, quantity } of pieces) sums.set(lineId, (sums.get(lineId) ?? 0) + quantity);
  return sums;
}

/** What is left of work after some of its pieces were taken out. */
export const workLeftOf = (
  work: readonly OpenWork[],
  taken: readonly (AskedPieces & { fulfillmentId: string })[],
): OpenWork[] =>
  work
    .map((part) => ({
      ...part,
      lines: part.lines
        .map(({ lineId, quantity }) => ({ lineId, quantity: quantity - takenOf(taken, part, lineId) }))
        .filter(({ quantity }) => quantity > 0),
    }))
    .filter(({ lines }) => lines.length > 0);

const takenOf = (
  taken: readonly (AskedPieces & { fulfillmentId: string })[],
  { fulfillmentId }: OpenWork,
  lineId: string,
): number =>
  taken
    .filter((each) => each.fulfillmentId === fulfillmentId && each.lineId === lineId)
    .reduce((sum, { quantity }) => sum + quantity, 0);
