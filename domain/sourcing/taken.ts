import type { Candidate, SourcingDecision } from './types';

/** What somebody takes of what a location has. */
export interface Taking {
  locationId: string;
  sku: string;
  quantity: number;
}

type Place = Pick<Taking, 'locationId' | 'sku'>;

/** Names a SKU at a location. */
export const placeKey = ({ locationId, sku }: Place): string => JSON.stringify([locationId, sku]);

/** The pieces that a decision takes, or has sent from somewhere: once a SKU and location. */
export function takenBy({ assignments, consolidation }: SourcingDecision): Taking[] {
  const taken = new Map<string, Taking>();
  const take = (locationId: string, { sku, quantity }: { sku: string; quantity: number }): void => {
    const key = placeKey({ locationId, sku });
    taken.set(key, { locationId, sku, quantity: quantity + (taken.get(key)?.quantity ?? 0) });
  };
  for (const { locationId, lines } of assignments) lines.forEach((line) => take(locationId, line));
  for (const { fromLocationId, lines } of consolidation?.transfers ?? [])
    lines.forEach((line) => take(fromLocationId, line));
  return [...taken.values()];
}

/** Candidates without the pieces that other decisions have taken of them, or have sent from there. */
export function withoutTaken(
  candidates: readonly Candidate[],
  decisions: readonly SourcingDecision[],
): Candidate[] {
  if (decisions.length === 0) return [...candidates];
  const taken = new Map<string, number>();
  for (const taking of decisions.flatMap(takenBy))
    taken.set(placeKey(taking), (taken.get(placeKey(taking)) ?? 0) + taking.quantity);
  return withAvailable(candidates, (place, available) => available - (taken.get(placeKey(place)) ?? 0));
}

/** Candidates with other pieces to take. */
export function withAvailable(
  candidates: readonly Candidate[],
  piecesOf: (place: Place, available: number) => number,
): Candidate[] {
  return candidates.map((candidate) => ({
    ...candidate,
    available: Object.fromEntries(
      Object.entries(candidate.available).map(([sku, available]) => [
        sku,
        piecesOf({ locationId: candidate.locationId, sku }, available),
      ]),
    ),
  }));
}
