import type { Filter } from '../rules/types';
import { reasonAgainst } from './rule-filters';
import type { Sighted } from './sight';
import type { Exclusion, SourcingRequest } from './types';

/**
 * Whether the rules leave nobody: each location that keeps any of the goods fails some filter of the scenario. Then
 * which filters, those that exclude most first; null when there are no locations, or one passes.
 */
export function exclusionsOf(
  sighted: readonly Sighted[],
  request: SourcingRequest,
  filters: readonly Filter[],
): Exclusion[] | null {
  const counts = new Map<string, number>();
  for (const each of sighted) {
    const failed = filters.filter((filter) => reasonAgainst(filter, each, request) !== null);
    if (failed.length === 0) return null;
    for (const filter of failed) {
      const name = Object.keys(filter)[0]!;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  if (counts.size === 0) return null;
  return [...counts]
    .map(([filter, locations]) => ({ filter, locations }))
    .sort((a, b) => b.locations - a.locations || (a.filter < b.filter ? -1 : 1));
}

/** "the rules leave no location: country excludes 3, maxDistanceKm 1". */
export const tellExclusions = (exclusions: readonly Exclusion[]): string =>
  `the rules leave no location: ${exclusions
    .map(({ filter, locations }, index) => `${filter}${index === 0 ? ' excludes' : ''} ${locations}`)
    .join(', ')}`;
