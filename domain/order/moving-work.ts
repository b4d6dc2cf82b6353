import type { Assignment } from '../sourcing/types';
import type { FulfillmentMode } from '../shipping/fulfillment-actions';
import type { AskedPieces } from './cancel-pieces';

/** Work of a location that may still be changed, with what is left of it. */
export interface OpenWork {
  fulfillmentId: string;
  locationId: string;
  mode: string;
  /** Null: the order's own address. */
  destination: string | null;
  /** Of what is sent there: the store at which it is collected. */
  pickupLocationId?: string | null;
  lines: readonly AskedPieces[];
}

/** What a decision gives to locations, and how it goes on from there. */
export interface DecidedWork {
  destination: string | null;
  mode: FulfillmentMode;
  pickupLocationId: string | null;
  decision: { assignments: readonly Assignment[] };
}

/**
 * Which work a new decision takes away: what it would give to the same location, piece by piece, stays there, so that
 * nobody loses what they have begun for nothing.
 */
export const workToMove = (work: readonly OpenWork[], decided: readonly DecidedWork[]): OpenWork[] =>
  work.filter((part) => !givenAgain(part, decided));

/** By which service work goes that stays where it is: the way to another place may have another. */
export interface ServiceOfWork {
  fulfillmentId: string;
  carrier: string | null;
  service: string | null;
}

export const servicesOfKept = (work: readonly OpenWork[], decided: readonly DecidedWork[]): ServiceOfWork[] =>
  work.flatMap((part) => {
    const given = givenAgain(part, decided);
    const { carrier = null, service = null } = given?.service ?? {};
    return given ? [{ fulfillmentId: part.fulfillmentId, carrier, service }] : [];
  });

/** What a decision gives to the location of some work, if it is what the location has. */
function givenAgain(part: OpenWork, decided: readonly DecidedWork[]): Assignment | undefined {
  const given = decided
    .filter((each) => isSameWay(part, each))
    .flatMap(({ decision }) => decision.assignments)
    .find(({ locationId }) => locationId === part.locationId);
  return given && isSamePieces(part.lines, given.lines) ? given : undefined;
}

const isSameWay = (part: OpenWork, { destination, mode, pickupLocationId }: DecidedWork): boolean =>
  part.destination === destination &&
  part.mode === mode &&
  (mode !== 'shipToStore' || part.pickupLocationId === pickupLocationId);

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

/** Work by some of its lines, and what is left of it without them. */
export function partWork(
  work: readonly OpenWork[],
  isMeant: (lineId: string) => boolean,
): { meant: OpenWork[]; rest: OpenWork[] } {
  const only = (which: (lineId: string) => boolean): OpenWork[] =>
    work
      .map((part) => ({ ...part, lines: part.lines.filter(({ lineId }) => which(lineId)) }))
      .filter(({ lines }) => lines.length > 0);
  return { meant: only(isMeant), rest: only((lineId) => !isMeant(lineId)) };
}
