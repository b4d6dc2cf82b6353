import { byNearness, chooseFewest } from './fewest-splits';
import { reasonsAgainst } from './filter';
import { demandBySku, score, type Scored, type SkuDemand } from './score';
import type {
  Assignment,
  CandidateVerdict,
  SourcingDecision,
  SourcingRequest,
  SourcingStrategy,
} from './types';

/** Goes into every decision; raise it when the same input could be decided differently. */
export const sourcingRuleVersion = 'built-in/1';

type Chooser = (passed: readonly Scored[], needed: readonly number[]) => Scored[];

const choosers: Record<SourcingStrategy, Chooser> = {
  fewestSplitsThenNearest: (passed, needed) => chooseFewest(passed, needed).sort(byNearness),
  locationPriority: (passed) =>
    [...passed].sort((a, b) => a.candidate.priority - b.candidate.priority || byNearness(a, b)),
};

/** Filter → score → choose → allocate → explain. The same request always gives the same decision. */
export function source(request: SourcingRequest): SourcingDecision {
  const verdicts = new Map<string, CandidateVerdict>();
  const passed: Scored[] = [];
  const demand = demandBySku(request.lines);
  for (const candidate of request.candidates) {
    const against = reasonsAgainst(candidate, request);
    const scored = score(candidate, request, demand);
    if (against.length === 0) passed.push(scored);
    verdicts.set(candidate.locationId, verdictOf(scored, against));
  }
  const chosen = choosers[request.strategy](passed, suppliable(demand, passed));
  const { assignments, short } = handOut(request, chosen);
  explain(request, verdicts, passed, assignments);
  return {
    ruleVersion: sourcingRuleVersion,
    strategy: request.strategy,
    demand: [...request.lines],
    assignments,
    short,
    candidates: [...verdicts.values()],
    summary: summarise(verdicts, assignments, short),
  };
}

/** Of each SKU of the demand, what the locations together can supply. */
function suppliable(demand: readonly SkuDemand[], passed: readonly Scored[]): number[] {
  return demand.map(({ sku, quantity }) =>
    Math.min(
      quantity,
      passed.reduce((sum, scored) => sum + Math.max(0, scored.candidate.available[sku] ?? 0), 0),
    ),
  );
}

/** Gives each line what the chosen locations have of it, in their order; what is left over is short. */
function handOut(
  request: SourcingRequest,
  chosen: readonly Scored[],
): Pick<SourcingDecision, 'assignments' | 'short'> {
  const left = request.lines.map((line) => line.quantity);
  const assignments: Assignment[] = [];
  for (const { candidate } of chosen) {
    const stock: Record<string, number> = { ...candidate.available };
    const lines: Assignment['lines'] = [];
    request.lines.forEach((line, index) => {
      const quantity = Math.min(left[index]!, Math.max(0, stock[line.sku] ?? 0));
      if (quantity === 0) return;
      left[index]! -= quantity;
      stock[line.sku] = (stock[line.sku] ?? 0) - quantity;
      lines.push({ lineId: line.lineId, sku: line.sku, quantity });
    });
    if (lines.length > 0) assignments.push({ locationId: candidate.locationId, lines });
  }
  const short = request.lines
    .map(({ lineId, sku }, index) => ({ lineId, sku, quantity: left[index]! }))
    .filter((line) => line.quantity > 0);
  return { assignments, short };
}

function verdictOf(scored: Scored, against: string[]): CandidateVerdict {
  return {
    locationId: scored.candidate.locationId,
    name: scored.candidate.name,
    outcome: against.length > 0 ? 'filtered' : 'lost',
    reasons: against,
    distanceKm: scored.distanceKm,
    priority: scored.candidate.priority,
    covers: scored.covers,
  };
}

function explain(
  request: SourcingRequest,
  verdicts: Map<string, CandidateVerdict>,
  passed: readonly Scored[],
  assignments: readonly Assignment[],
): void {
  const wanted = request.lines.reduce((sum, line) => sum + line.quantity, 0);
  const chosen = new Map(assignments.map((assignment) => [assignment.locationId, assignment]));
  const chosenDistance = passed
    .filter((scored) => chosen.has(scored.candidate.locationId))
    .reduce((far, scored) => Math.max(far, scored.remoteness), 0);
  for (const scored of passed) {
    const verdict = verdicts.get(scored.candidate.locationId)!;
    const assignment = chosen.get(verdict.locationId);
    if (assignment) {
      verdict.outcome = 'chosen';
      const pieces = assignment.lines.reduce((sum, line) => sum + line.quantity, 0);
      verdict.reasons.push(`supplies ${pieces} of ${wanted} pieces`);
      if (scored.distanceKm !== null) verdict.reasons.push(`${scored.distanceKm} km from the destination`);
    } else
      verdict.reasons.push(whyLost(request.strategy, scored, wanted, assignments.length, chosenDistance));
  }
}

function whyLost(
  strategy: SourcingStrategy,
  scored: Scored,
  wanted: number,
  splits: number,
  chosenDistance: number,
): string {
  if (strategy === 'locationPriority') return `locations of a better priority supply everything first`;
  if (scored.covers < wanted && splits === 1)
    return `has only ${scored.covers} of ${wanted} pieces: it would split the order`;
  if (scored.remoteness > chosenDistance) return 'farther from the destination than what was chosen';
  return splits === 1
    ? `as near as what was chosen, but comes after it by priority (${scored.candidate.priority})`
    : 'no set of as few locations with it is nearer, or of a better priority';
}

function summarise(
  verdicts: Map<string, CandidateVerdict>,
  assignments: readonly Assignment[],
  short: readonly { quantity: number }[],
): string {
  const names = assignments.map(({ locationId }) => verdicts.get(locationId)!.name);
  const missing = short.reduce((sum, line) => sum + line.quantity, 0);
  const supplied = names.length === 0 ? 'Nobody can supply now' : `Supplied by ${names.join(' and ')}`;
  return missing > 0 ? `${supplied}; ${missing} pieces wait for stock.` : `${supplied}.`;
}
