import type { Allocation, Scenario } from '../rules/types';
import { allocationOf, whileSent } from './allocation';
import { reasonsAgainstCollecting } from './filter';
import { demandBySku, sight, type Sighted } from './sight';
import type { Assignment, Candidate, Consolidation, SourcingDecision, SourcingRequest } from './types';

/**
 * Pieces that are short lie where they may not leave from: at locations that the rules exclude, or divided over several
 * where the order must not be. One location that may supply the order collects them: the one with most of them, then
 * the one that supplies already, then the nearest. What it has itself is set aside, the others send the rest, in as
 * few transfers as a greedy choice finds. As it was when there is nothing to send, or nobody to collect.
 */
export function consolidate(
  decision: SourcingDecision,
  request: SourcingRequest,
  scenario: Scenario,
): SourcingDecision {
  const hub = collectingLocation(decision, request, scenario);
  if (hub === undefined) return decision;
  const own = ownPieces(decision, hub.candidate);
  const transfers = transfersTo(hub.candidate.locationId, request, own.short, decision.assignments);
  if (transfers.length === 0) return decision;
  const { locationId, name } = hub.candidate;
  return {
    ...decision,
    assignments: own.assignments,
    short: own.short,
    consolidation: { toLocationId: locationId, transfers },
    onShortage: whileSent(scenario),
    ...leavingOf(allocationOf(scenario, request.preference)),
    candidates: decision.candidates.map((each) =>
      each.locationId === locationId
        ? { ...each, outcome: 'chosen', reasons: [...each.reasons, 'collects what others send to it'] }
        : each,
    ),
    summary: `${name} collects the order; ${piecesOf(transfers)} pieces are to be sent there by ${transfers.length} ${
      transfers.length === 1 ? 'location' : 'locations'
    }${tellUnsent(own.short, transfers)}.`,
  };
}

/** What nobody can send does not wait for what others do. */
function tellUnsent(short: readonly { quantity: number }[], transfers: Consolidation['transfers']): string {
  const unsent = short.reduce((sum, { quantity }) => sum + quantity, -piecesOf(transfers));
  return unsent > 0 ? `; nobody can send ${unsent}: what the rules have follow comes at once` : '';
}

/** Each destination is a delivery of its own, unless all of the order is to leave together. */
export function leavingOf({
  split,
  shipComplete,
}: Allocation): Pick<SourcingDecision, 'waitsTogether' | 'leavesAsOne'> {
  if (split === 'allow') return {};
  return shipComplete === true ? { waitsTogether: true } : { leavesAsOne: true };
}

const piecesOf = (transfers: Consolidation['transfers']): number =>
  transfers.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0);

function collectingLocation(
  { short, assignments }: SourcingDecision,
  request: SourcingRequest,
  { filters }: Scenario,
): Sighted | undefined {
  const demand = demandBySku(short);
  const supplies = ({ candidate }: Sighted): number =>
    assignments.some(({ locationId }) => locationId === candidate.locationId) ? 1 : 0;
  return request.candidates
    .map((candidate) => sight(candidate, request, demand))
    .filter(
      (sighted) =>
        sighted.candidate.type !== 'supplier' &&
        reasonsAgainstCollecting(sighted, request, filters).length === 0,
    )
    .sort(
      (a, b) =>
        b.covers - a.covers ||
        supplies(b) - supplies(a) ||
        a.remoteness - b.remoteness ||
        a.candidate.priority - b.candidate.priority ||
        (a.candidate.locationId < b.candidate.locationId ? -1 : 1),
    )[0];
}

/** What a location has left of a SKU after some of it was taken. */
function leftOf(
  assignments: readonly Assignment[],
  { locationId, available }: Candidate,
  sku: string,
): number {
  const taken = assignments
    .filter((assignment) => assignment.locationId === locationId)
    .flatMap(({ lines }) => lines.filter((line) => line.sku === sku));
  return (available[sku] ?? 0) - taken.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Short lines get what the collecting location has itself. */
function ownPieces(
  decision: SourcingDecision,
  hub: Candidate,
): Pick<SourcingDecision, 'assignments' | 'short'> {
  const left = new Map<string, number>();
  const given: Assignment['lines'] = [];
  const short = decision.short.flatMap((line) => {
    const there = left.get(line.sku) ?? leftOf(decision.assignments, hub, line.sku);
    const quantity = Math.max(0, Math.min(there, line.quantity));
    left.set(line.sku, there - quantity);
    if (quantity > 0) given.push({ ...line, quantity });
    return quantity < line.quantity ? [{ ...line, quantity: line.quantity - quantity }] : [];
  });
  if (given.length === 0) return { assignments: decision.assignments, short };
  const before = decision.assignments.find(({ locationId }) => locationId === hub.locationId);
  const others = decision.assignments.filter((assignment) => assignment !== before);
  const lines = [...(before?.lines ?? [])];
  for (const line of given) {
    const known = lines.findIndex(({ lineId }) => lineId === line.lineId);
    if (known < 0) lines.push(line);
    else lines[known] = { ...line, quantity: lines[known]!.quantity + line.quantity };
  }
  return { assignments: [...others, { ...before, locationId: hub.locationId, lines }], short };
}

/** What locations send to one that collects what is short: whoever can send most of what is still missing sends first. */
export function transfersTo(
  toLocationId: string,
  request: Pick<SourcingRequest, 'candidates' | 'excluded'>,
  short: SourcingDecision['short'],
  assignments: readonly Assignment[] = [],
): Consolidation['transfers'] {
  const missing = new Map(demandBySku(short).map(({ sku, quantity }) => [sku, quantity]));
  const open = request.candidates.filter(
    ({ locationId, type }) =>
      locationId !== toLocationId && type !== 'supplier' && !request.excluded.includes(locationId),
  );
  const offer = (candidate: Candidate) =>
    [...missing].flatMap(([sku, quantity]) => {
      const most = Math.min(quantity, leftOf(assignments, candidate, sku));
      return most > 0 ? [{ sku, quantity: most }] : [];
    });
  const size = (candidate: Candidate): number =>
    offer(candidate).reduce((sum, { quantity }) => sum + quantity, 0);
  const transfers: Consolidation['transfers'] = [];
  while (open.length > 0) {
    open.sort(
      (a, b) => size(b) - size(a) || a.priority - b.priority || (a.locationId < b.locationId ? -1 : 1),
    );
    const from = open.shift()!;
    const lines = offer(from);
    if (lines.length === 0) break;
    for (const { sku, quantity } of lines) missing.set(sku, missing.get(sku)! - quantity);
    transfers.push({ fromLocationId: from.locationId, lines });
  }
  return transfers;
}
