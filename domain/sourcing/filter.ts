import type { Filter } from '../rules/types';
import { reasonAgainst } from './rule-filters';
import type { Sighted } from './sight';
import type { SourcingRequest } from './types';

/** A filter says why a location may not supply an order, or null when it may. */
type StandingFilter = (sighted: Sighted, request: SourcingRequest) => string | null;

const canServeMode: StandingFilter = ({ candidate }, request) =>
  candidate.capabilities.includes(request.mode) ? null : `cannot do "${request.mode}"`;

const isPickupStore: StandingFilter = ({ candidate }, request) =>
  request.mode !== 'pickup' ||
  request.pickupLocationId === null ||
  candidate.locationId === request.pickupLocationId
    ? null
    : 'the customer collects elsewhere';

const hasNotRefused: StandingFilter = ({ candidate }, request) =>
  request.excluded.includes(candidate.locationId) ? 'refused or let its deadline pass before' : null;

const isElsewhere: StandingFilter = ({ candidate }, { destination }) =>
  candidate.locationId === destination.locationId ? 'is where the goods are to go' : null;

const hasSomething: StandingFilter = ({ covers }) => (covers > 0 ? null : 'has none of it available');

/** These hold whatever the rules say. */
const standing: readonly StandingFilter[] = [
  canServeMode,
  isPickupStore,
  isElsewhere,
  hasNotRefused,
  hasSomething,
];

/** What speaks against a location collecting what others send: as for supplying, but it need not have anything yet. */
export const reasonsAgainstCollecting = (
  sighted: Sighted,
  request: SourcingRequest,
  filters: readonly Filter[],
): string[] =>
  [
    ...standing.filter((filter) => filter !== hasSomething).map((filter) => filter(sighted, request)),
    ...filters.map((filter) => reasonAgainst(filter, sighted, request)),
  ].filter((reason) => reason !== null);

/** Every reason that speaks against the location; none when it may supply. */
export function reasonsAgainst(
  sighted: Sighted,
  request: SourcingRequest,
  filters: readonly Filter[],
): string[] {
  const reasons: string[] = [];
  for (const filter of standing) {
    const reason = filter(sighted, request);
    if (reason !== null) reasons.push(reason);
  }
  for (const filter of filters) {
    const reason = reasonAgainst(filter, sighted, request);
    if (reason !== null) reasons.push(reason);
  }
  return reasons;
}
