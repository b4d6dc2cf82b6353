import { weighsServices } from '../rules/asks';
import type { AfterAction } from '../rules/types';
import { costOf, type PieceFacts } from './costs';
import { tellService } from './tell-service';
import type { Sighted } from './sight';
import type { Assignment, CandidateVerdict, Cost, Quote, SourcingDecision } from './types';
import { whyLost, type Lost } from './why-lost';

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

export interface Outcome extends Omit<Lost, 'chosen' | 'supplied'> {
  pieces: readonly PieceFacts[];
  currency: string;
  assignments: readonly Assignment[];
}

/** Says of each location that passed the filters why it was chosen or not, and what it would cost. */
export function explain(
  verdicts: ReadonlyMap<string, CandidateVerdict>,
  passed: readonly Sighted[],
  outcome: Outcome,
): void {
  const { assignments, scenario, currency, wanted } = outcome;
  const byLocation = new Map(assignments.map((assignment) => [assignment.locationId, assignment]));
  const chosen = passed.filter(({ candidate }) => byLocation.has(candidate.locationId));
  const lost: Lost = {
    ...outcome,
    chosen,
    supplied: assignments.reduce((sum, each) => sum + piecesOf(each), 0),
  };
  const hasScores = Object.keys(scenario.scores).length > 0;
  for (const sighted of passed) {
    const verdict = verdicts.get(sighted.candidate.locationId)!;
    const alone = hasScores ? costAlone(sighted, outcome) : null;
    if (alone) verdict.cost = alone.cost;
    const assignment = byLocation.get(verdict.locationId);
    if (assignment) {
      verdict.outcome = 'chosen';
      verdict.reasons.push(`supplies ${piecesOf(assignment)} of ${wanted} pieces`);
      if (sighted.distanceKm !== null) verdict.reasons.push(`${sighted.distanceKm} km from the destination`);
    } else verdict.reasons.push(whyLost(sighted, lost));
    if (scenario.decides !== 'configured' && weighsServices(scenario))
      verdict.reasons.push(...tellService(sighted.candidate, assignment, alone?.service, currency));
  }
}

const piecesOf = ({ lines }: Assignment): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

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
