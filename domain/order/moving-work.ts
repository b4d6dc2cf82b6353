import type { Assignment } from '../sourcing/types';
import type { FulfillmentMode } from '../shipping/fulfillment-actions';
import type { AskedPieces } from './cancel-pieces';

/** Work of a location that may still be changed, with what is left of it. */
export interface OpenWork {
  fulfillmentId: string;
  locationId: string;
  mode: string;
  /** Of what is sent there: the store at which it is collected. */
  pickupLocationId?: string | null;
  lines: readonly AskedPieces[];
}

/** What a decision gives to locations, and how it goes on from there. */
export interface DecidedWork {
  mode: FulfillmentMode;
  pickupLocationId: string | null;
  decision: { assignments: readonly Assignment[] };
}

/**
 * Which work a new decision takes away: what it would give to the same location, piece by piece, stays there, so that
 * nobody loses what they have begun for nothing.
 */
export function workToMove(work: readonly OpenWork[], decided: readonly DecidedWork[]): OpenWork[] {
  return work.filter((part) => {
    const given = decided
      .filter((each) => isSameWay(part, each))
      .flatMap(({ decision }) => decision.assignments)
      .find(({ locationId }) => locationId === part.locationId);
    return !given || !isSamePieces(part.lines, given.lines);
  });
}

const isSameWay = (part: OpenWork, { mode, pickupLocationId }: DecidedWork): boolean =>
  part.mode === mode && (mode !== 'shipToStore' || part.pickupLocationId === pickupLocationId);

function isSamePieces(a: readonly AskedPieces[], b: readonly AskedPieces[]): boolean {
  const pieces = piecesByLineOf(b);
  const mine = piecesByLineOf(a);
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
