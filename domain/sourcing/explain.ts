import { weighsServices } from '../rules/asks';
import type { AfterAction, Scenario } from '../rules/types';
import { isFromOnePlace } from './allocation';
import { costOf, type OptionsOf, type PieceFacts } from './costs';
import { tellService } from './tell-service';
import type { Sighted } from './sight';
import type { Assignment, CandidateVerdict, Cost, Quote, SourcingDecision } from './types';

export function verdictOf(sighted: Sighted, against: string[]): CandidateVerdict {
  return {
    locationId: sighted.candidate.locationId,
    name: sighted.candidate.name,
    outcome: against.length > 0 ? 'filtered' : 'lost',
    reasons: against,
    distanceKm: sighted.distanceKm,
    priority: sighted.candidate.priority,
    covers: sighted.covers,
  };
}

export interface Outcome {
  scenario: Scenario;
  pieces: readonly PieceFacts[];
  optionsOf: OptionsOf;
  currency: string;
  wanted: number;
  assignments: readonly Assignment[];
}

/** Says of each location that passed the filters why it was chosen or not, and what it would cost. */
export function explain(
  verdicts: ReadonlyMap<string, CandidateVerdict>,
  passed: readonly Sighted[],
  outcome: Outcome,
): void {
  const { assignments, scenario, currency, wanted } = outcome;
  const chosen = new Map(assignments.map((assignment) => [assignment.locationId, assignment]));
  const farthest = passed
    .filter((sighted) => chosen.has(sighted.candidate.locationId))
    .reduce((far, sighted) => Math.max(far, sighted.remoteness), 0);
  const hasScores = Object.keys(scenario.scores).length > 0;
  for (const sighted of passed) {
    const verdict = verdicts.get(sighted.candidate.locationId)!;
    const alone = hasScores ? costAlone(sighted, outcome) : null;
    if (alone) verdict.cost = alone.cost;
    const assignment = chosen.get(verdict.locationId);
    if (assignment) {
      verdict.outcome = 'chosen';
      const supplied = assignment.lines.reduce((sum, line) => sum + line.quantity, 0);
      verdict.reasons.push(`supplies ${supplied} of ${wanted} pieces`);
      if (sighted.distanceKm !== null) verdict.reasons.push(`${sighted.distanceKm} km from the destination`);
    } else verdict.reasons.push(whyLost(sighted, outcome, hasScores, farthest));
    if (scenario.decides !== 'configured' && weighsServices(scenario))
      verdict.reasons.push(...tellService(sighted.candidate, assignment, alone?.service, currency));
  }
}

/** What the location would cost for all that it has, with the service that is cheapest for it. */
function costAlone(
  sighted: Sighted,
  { scenario: { scores }, pieces, optionsOf }: Outcome,
): { cost: Cost; service: Quote | null } {
  let best: { cost: Cost; service: Quote | null } | null = null;
  for (const option of optionsOf(sighted)) {
    const cost = costOf([{ option, pieces: sighted.supply }], scores, pieces);
    if (best === null || cost.total < best.cost.total) best = { cost, service: option.quote };
  }
  return best!;
}

function whyLost(sighted: Sighted, outcome: Outcome, hasScores: boolean, farthest: number): string {
  const { scenario, wanted, assignments } = outcome;
  const splits = assignments.length;
  if (splits === 0) return whyNobody(scenario);
  if (scenario.decides === 'configured')
    return scenario.order === 'byPriority'
      ? 'locations of a better priority supply everything first'
      : 'locations that come before it in the list supply everything first';
  if (sighted.covers < wanted && splits === 1)
    return `has only ${sighted.covers} of ${wanted} pieces: it would split the order`;
  if (hasScores) return 'no set with it costs less';
  if (sighted.remoteness > farthest) return 'farther from the destination than what was chosen';
  return splits === 1
    ? `as near as what was chosen, but comes after it by priority (${sighted.candidate.priority})`
    : 'no set of as few locations with it is nearer, or of a better priority';
}

function whyNobody({ allocation }: Scenario): string {
  if (isFromOnePlace(allocation.split)) return 'no location has the whole order, and it must not be split';
  return allocation.shipComplete === true
    ? 'not everything is there, and nothing is sent before all is'
    : 'no line can be supplied whole';
}

export function summarise(
  verdicts: ReadonlyMap<string, CandidateVerdict>,
  {
    assignments,
    short,
    onShortage,
    waitsTogether,
    gathersAll,
  }: Pick<SourcingDecision, 'assignments' | 'short' | 'onShortage' | 'waitsTogether' | 'gathersAll'>,
): string {
  const names = assignments.map(({ locationId }) => verdicts.get(locationId)!.name);
  const missing = short.reduce((sum, line) => sum + line.quantity, 0);
  const supplied = names.length === 0 ? 'Nobody can supply now' : `Supplied by ${names.join(' and ')}`;
  if (missing === 0) return `${supplied}.`;
  const rest = gathersAll ? '; the store keeps the rest until they have come' : '';
  const together = waitsTogether ? '; nothing leaves before all is there' : rest;
  return `${supplied}; ${whatFollows[onShortage?.then ?? 'backorder'](missing)}${together}.`;
}

const whatFollows: Record<AfterAction['then'], (pieces: number) => string> = {
  backorder: (pieces) => `${waiting(pieces)} for stock`,
  cancel: (pieces) =>
    `${pieces === 1 ? '1 piece is' : `${pieces} pieces are`} cancelled, as the rules let nothing wait`,
  purchaseRequest: (pieces) =>
    `${waiting(pieces)} for stock, and purchasing is asked to buy ${pieces === 1 ? 'it' : 'them'}`,
  waitForTransfer: (pieces) => `${waiting(pieces)} for a transfer between locations`,
  alternative: (pieces) => `an alternative is offered for ${pieces === 1 ? '1 piece' : `${pieces} pieces`}`,
};

const waiting = (pieces: number): string => (pieces === 1 ? '1 piece waits' : `${pieces} pieces wait`);
