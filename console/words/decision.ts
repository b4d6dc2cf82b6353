import { amountInWords } from '../../domain/rules/amount-in-words';
import { shortageInWords } from '../../domain/rules/in-words';
import type { Cost, SourcingDecision } from '../../domain/sourcing/types';

type Name = (id: string) => string;

/** What of a decision is there to be told: old ones lack what newer rules write down. */
export type ToldDecision = Partial<SourcingDecision>;

const ranks = ['chosen', 'lost', 'filtered'];
const labels: Record<string, string> = { chosen: 'chosen', lost: 'not chosen', filtered: 'not eligible' };

/** A decision as pages show it: why this scenario, each candidate, what it costs, and what would have won instead. */
export function tellDecision(decision: ToldDecision, locationName: Name, lineTitle: Name) {
  const { scenario, decidedBy, cost, runnerUp, candidates = [], short = [] } = decision;
  const currency = cost?.currency ?? 'EUR';
  return {
    summary: decision.summary,
    rules: decision.strategy?.replace(/([A-Z])/g, ' $1').toLowerCase(),
    ruleVersion: decision.ruleVersion,
    ruleUrl: ruleUrlOf(decision.ruleVersion),
    scenario,
    decidedBy: decidedBy && decidedBy.because.charAt(0).toUpperCase() + decidedBy.because.slice(1),
    costs: cost && partsOf(cost, currency),
    hasCosts: candidates.some((candidate) => (candidate.cost?.total ?? 0) !== 0),
    candidates: candidatesOf(decision, locationName, lineTitle, currency),
    short: short.map((line) => `${line.quantity} × ${lineTitle(line.lineId)}`),
    onShortage: decision.onShortage && shortageInWords(decision.onShortage),
    runnerUp: runnerUp && {
      names: runnerUp.locationIds.map(locationName).join(' and '),
      cost: amountInWords(runnerUp.cost.total / 1000, currency),
      wouldWinIf: runnerUp.wouldWinIf,
    },
    gap: decision.gap
      ? `A better choice could be at most ${(decision.gap * 100).toFixed(1)} % cheaper`
      : null,
  };
}

/** Only published versions have a page. */
function ruleUrlOf(ruleVersion: string | undefined): string | null {
  const [name, version] = [ruleVersion?.replace(/\/[^/]*$/, ''), /\/(\d+)$/.exec(ruleVersion ?? '')?.[1]];
  return name === 'built-in' || version === undefined ? null : `/rules/versions/${version}`;
}

const scoreNames: Record<string, string> = {
  perSplit: 'further locations',
  shippingCost: 'carriers',
  perDay: 'days in transit',
  perDayLate: 'days late',
  withoutTariff: 'no tariff',
  perKm: 'distance',
  load: 'how busy it is',
  priority: 'priority',
  pickCost: 'picking',
  stockAge: 'old stock',
  overstock: 'too much stock',
};

export const scoreName = (score: string): string => scoreNames[score] ?? score;

function partsOf({ total, parts }: Cost, currency: string) {
  return {
    total: amountInWords(total / 1000, currency),
    parts: Object.entries(parts)
      .filter(([, thousandths]) => thousandths !== 0)
      .map(([score, thousandths]) => ({
        name: scoreName(score),
        amount: amountInWords(thousandths / 1000, currency),
      })),
  };
}

function candidatesOf(
  { candidates = [], assignments = [], demand = [] }: ToldDecision,
  locationName: Name,
  lineTitle: Name,
  currency: string,
) {
  const wanted = demand.reduce((sum, { quantity }) => sum + quantity, 0);
  const chosen = new Map(assignments.map((each) => [each.locationId, each]));
  return candidates
    .map((candidate) => ({
      ...candidate,
      wanted,
      name: candidate.name || locationName(candidate.locationId),
      label: labels[candidate.outcome] ?? candidate.outcome,
      tone: candidate.outcome === 'chosen' ? 'good' : 'quiet',
      costs: candidate.cost && partsOf(candidate.cost, currency),
      service: chosen.get(candidate.locationId)?.service,
      supplies: (chosen.get(candidate.locationId)?.lines ?? []).map(
        (line) => `${line.quantity} × ${lineTitle(line.lineId)}`,
      ),
    }))
    .sort((a, b) => ranks.indexOf(a.outcome) - ranks.indexOf(b.outcome));
}
