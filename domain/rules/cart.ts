import type { Filter, RuleSet } from './types';

/**
 * The rules as a cart is held by them: where it will go is not known yet but for its country, so that no filter on
 * distance excludes anybody, nor one on the country while that is not told.
 */
export const rulesOfCart = (rules: RuleSet, country: string | undefined): RuleSet => ({
  ...rules,
  scenarios: rules.scenarios.map((scenario) => ({
    ...scenario,
    filters: scenario.filters.filter((filter) => isKnown(filter, country)),
  })),
});

function isKnown(filter: Filter, country: string | undefined): boolean {
  if ('maxDistanceKm' in filter) return false;
  return !('country' in filter) || Array.isArray(filter.country) || country !== undefined;
}
