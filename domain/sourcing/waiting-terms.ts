import type { GeoPoint } from '../order/types';
import type { Filter, RuleSet } from '../rules/types';
import { reasonAgainst } from './rule-filters';
import { sight } from './sight';
import type { Candidate, SourcingDecision, SourcingRequest } from './types';

/** What the rules ask of whoever supplies a line that waits, kept with it: the rules of an order do not change. */
export interface WaitingTerms {
  filters: Filter[];
  destination: { country: string; point: GeoPoint | null };
  hasHazard: boolean;
  /** The line is supplied at once or not at all: the order must not be split. */
  isWhole: boolean;
}

/** How busy a location is, and when it ships, passes: what waits takes its turn when stock comes. */
const passing = ['capacityLeft', 'backlogBelow', 'shipsWithinDays'];
const isLasting = (filter: Filter): boolean => !passing.some((key) => key in filter);

/** Null where the rules ask nothing of who supplies later. */
export function waitingTermsOf(
  rules: RuleSet,
  { scenario: chosen }: SourcingDecision,
  { destination, order, preference }: SourcingRequest,
): WaitingTerms | null {
  const scenario = rules.scenarios.find(({ code }) => code === chosen?.code);
  if (scenario === undefined) return null;
  const listed: Filter[] = Array.isArray(scenario.order) ? [{ locationIn: scenario.order }] : [];
  const filters = [...scenario.filters.filter(isLasting), ...listed];
  const asked = scenario.allocation.respectPreference === true ? preference : undefined;
  const split = asked?.split ?? scenario.allocation.split;
  const shipComplete = asked?.shipComplete ?? scenario.allocation.shipComplete;
  const isWhole = split !== 'allow' || shipComplete === true;
  if (filters.length === 0 && !isWhole) return null;
  return {
    filters,
    destination,
    hasHazard: order?.lines.some(({ hazard }) => hazard === true) ?? false,
    isWhole,
  };
}

/** What speaks against a location for a line that waits, by the rules that its order began with; or null. */
export function reasonAgainstSupplying(
  candidate: Candidate,
  sku: string,
  { filters, destination, hasHazard }: WaitingTerms,
): string | null {
  const line = { lineId: '', sku, quantity: 1 };
  const request: SourcingRequest = {
    strategy: 'fewestSplitsThenNearest',
    mode: 'ship',
    pickupLocationId: null,
    destination,
    excluded: [],
    lines: [line],
    candidates: [],
    order: { mode: 'ship', country: destination.country, lines: [{ ...line, hazard: hasHazard }] },
  };
  const sighted = sight(candidate, request, [line]);
  for (const filter of filters) {
    const reason = reasonAgainst(filter, sighted, request);
    if (reason !== null) return reason;
  }
  return null;
}
