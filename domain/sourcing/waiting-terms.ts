import type { GeoPoint } from '../order/types';
import type { Filter, RuleSet } from '../rules/types';
import { allocationOf, isFromOnePlace, scenarioFor } from './allocation';
import { reasonAgainst } from './rule-filters';
import { capabilityWanted, canSupplyBy, type WantedWay } from './may-send';
import { sight } from './sight';
import type { Candidate, SourcingDecision, SourcingRequest } from './types';

/** What the rules ask of whoever supplies a line that waits, kept with it: the rules of an order do not change. */
export interface WaitingTerms {
  filters: Filter[];
  destination: { country: string; point: GeoPoint | null };
  hasHazard: boolean;
  /** The line is supplied at once or not at all: the order must not be split. */
  isWhole: boolean;
  /** All lines that go to one place come from one location: the first that supplies any of them. */
  isAtOnePlace?: true;
}

/** How busy a location is, and when it ships, passes: what waits takes its turn when stock comes. */
const passing = ['capacityLeft', 'backlogBelow', 'shipsWithinDays'];
const isLasting = (filter: Filter): boolean => !passing.some((key) => key in filter);

/** Null where the rules ask nothing of who supplies later. */
export function waitingTermsOf(
  rules: RuleSet,
  { scenario: chosen, consolidation }: SourcingDecision,
  request: SourcingRequest,
): WaitingTerms | null {
  const { destination, order, preference } = request;
  const found = rules.scenarios.find(({ code }) => code === chosen?.code);
  if (found === undefined) return null;
  const scenario = scenarioFor(found, request);
  const listed: Filter[] = Array.isArray(scenario.order) ? [{ locationIn: scenario.order }] : [];
  const filters = [...scenario.filters.filter(isLasting), ...listed];
  const { split } = allocationOf(scenario, preference);
  // What one location collects comes in parts, and leaves together.
  const isWhole = split !== 'allow' && consolidation === undefined;
  if (filters.length === 0 && !isWhole) return null;
  return {
    filters,
    destination,
    hasHazard: order?.lines.some(({ hazard }) => hazard === true) ?? false,
    isWhole,
    ...(isFromOnePlace(split) && consolidation === undefined && { isAtOnePlace: true as const }),
  };
}

/** A line that waits, and who may supply it. */
export interface WaitingLine extends WantedWay {
  sku: string;
  onlyLocation: string | null;
  /** Locations that refused it. */
  excluded: readonly string[];
  terms: WaitingTerms | null;
}

/** What speaks against a location supplying a line that waits, whatever lies there; or null. */
export function reasonAgainstWaiting(candidate: Candidate, line: WaitingLine): string | null {
  const { locationId } = candidate;
  if (!canSupplyBy(candidate, line)) return `cannot do "${capabilityWanted(locationId, line)}"`;
  if (line.excluded.includes(locationId)) return 'refused or let its deadline pass before';
  if (line.onlyLocation !== null && line.onlyLocation !== locationId) return 'is not the place it waits for';
  return line.terms === null ? null : reasonAgainstSupplying(candidate, line.sku, line.terms);
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
