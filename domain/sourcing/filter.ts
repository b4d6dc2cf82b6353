import type { Candidate, SourcingRequest } from './types';

/** A filter says why a location may not supply an order, or null when it may. */
type Filter = (candidate: Candidate, request: SourcingRequest) => string | null;

const canServeMode: Filter = (candidate, request) =>
  candidate.capabilities.includes(request.mode) ? null : `cannot do "${request.mode}"`;

const isPickupStore: Filter = (candidate, request) =>
  request.mode !== 'pickup' ||
  request.pickupLocationId === null ||
  candidate.locationId === request.pickupLocationId
    ? null
    : 'the customer collects elsewhere';

const hasNotRefused: Filter = (candidate, request) =>
  request.excluded.includes(candidate.locationId) ? 'refused or let its deadline pass before' : null;

const hasSomething: Filter = (candidate, request) =>
  request.lines.some((line) => (candidate.available[line.sku] ?? 0) > 0) ? null : 'has none of it available';

const filters: readonly Filter[] = [canServeMode, isPickupStore, hasNotRefused, hasSomething];

/** Every reason that speaks against the location; none when it may supply. */
export function reasonsAgainst(candidate: Candidate, request: SourcingRequest): string[] {
  return filters.map((filter) => filter(candidate, request)).filter((reason) => reason !== null);
}
