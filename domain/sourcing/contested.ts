import { placeKey, takenBy } from './taken';
import type { Candidate, SourcingDecision } from './types';

/** A SKU at a location of which decisions that do not know of each other take more than there is. */
export interface Contested {
  locationId: string;
  name: string;
  sku: string;
  available: number;
  taken: number;
  /** Who takes of it: the index of the decision, and its pieces. */
  takers: { index: number; quantity: number }[];
}

/** Where decisions take more together than is there: by how much, the most first, then by name. */
export function findContested(
  decisions: readonly SourcingDecision[],
  candidates: readonly Candidate[],
): Contested[] {
  if (decisions.length < 2) return [];
  const locations = new Map(candidates.map((candidate) => [candidate.locationId, candidate]));
  const places = new Map<string, Contested>();
  decisions.forEach((decision, index) => {
    for (const taking of takenBy(decision)) {
      const { locationId, sku, quantity } = taking;
      const location = locations.get(locationId);
      if (!location) continue;
      const available = location.available[sku] ?? 0;
      const place = places.get(placeKey(taking)) ?? {
        ...{ locationId, name: location.name, sku, available },
        ...{ taken: 0, takers: [] },
      };
      place.taken += quantity;
      place.takers.push({ index, quantity });
      places.set(placeKey(taking), place);
    }
  });
  return [...places.values()].filter(({ taken, available }) => taken > available).sort(byExcess);
}

const byExcess = (a: Contested, b: Contested): number =>
  b.taken - b.available - (a.taken - a.available) || (placeKey(a) < placeKey(b) ? -1 : 1);
