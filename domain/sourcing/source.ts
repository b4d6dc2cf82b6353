import { weighsServices } from '../rules/asks';
import { builtInRuleSets } from '../rules/built-in';
import { chooseScenario } from '../rules/conditions';
import type { OrderFacts } from '../rules/facts';
import type { Filter, RuleSet } from '../rules/types';
import { latenessOf } from './arrival';
import { gapOf, type Choice } from './choose';
import { allocationOf, gathersAll, scenarioFor } from './allocation';
import { costOf, createOptions, type OptionsOf, type PieceFacts } from './costs';
import { decide } from './decide';
import { exclusionsOf } from './excluded';
import { explain, summarise, verdictOf } from './explain';
import { reasonsAgainst } from './filter';
import { handOut } from './hand-out';
import { tellRunnerUp } from './runner-up';
import { demandBySku, sight, type Sighted, type SkuDemand } from './sight';
import type { CandidateVerdict, SourcingDecision, SourcingRequest } from './types';

/**
 * Scenario → filters → scores → allocation → explanation, as the rule set of the request says. The same request
 * always gives the same decision, in whatever order its candidates come.
 */
export function source(request: SourcingRequest): SourcingDecision {
  const rules = request.ruleSet ?? builtInRuleSets[request.strategy];
  const order = request.order ?? factsOf(request);
  const { scenario: chosen, because, passedOver } = chooseScenario(rules, order);
  const scenario = scenarioFor(chosen, request);
  const demand = demandBySku(request.lines);
  const pieces = demand.map(({ sku }) => ({ sku, weightGrams: weightOf(order, sku) }));
  const { verdicts, passed, sighted } = judgeCandidates(request, demand, scenario.filters);
  const { lines, preference, setsAside } = request;
  const { scores } = scenario;
  const choosesService = weighsServices(scenario) || preference?.service !== undefined;
  const lateness = latenessOf(request, scenario);
  const optionsOf = createOptions({ scores, pieces, choosesService, lateness });
  const decided = decide({ scenario, passed, demand, lines, optionsOf, preference, setsAside });
  const skus = demand.map(({ sku }) => sku);
  const price = priceOf(decided.choice, rules, scenario, { pieces, optionsOf });
  const { assignments, short } = handOut(lines, skus, decided.choice);
  const wanted = demand.reduce((sum, { quantity }) => sum + quantity, 0);
  const { currency } = rules;
  explain(verdicts, passed, {
    ...{ scenario, allocation: allocationOf(scenario, preference), who: decided.who, preference },
    ...{ pieces, optionsOf, currency, wanted, assignments, isProven: decided.choice.isProven },
  });
  const follows = {
    ...(short.length > 0 && whatFollows(sighted, request, scenario)),
    ...(gathersAll(chosen, request) && { gathersAll: true as const }),
  };
  return {
    ruleVersion: `${rules.name}/${rules.version}`,
    strategy: request.ruleSet ? rules.name : request.strategy,
    scenario: { code: scenario.code, because, passedOver },
    decidedBy: { who: decided.who, because: decided.because },
    demand: [...lines],
    assignments,
    short,
    ...follows,
    candidates: [...verdicts.values()],
    ...price,
    gap: gapOf(decided.choice, price.cost?.total ?? 0),
    summary: summarise(verdicts, { assignments, short, ...follows }),
  };
}

const factsOf = ({ mode, destination, lines }: SourcingRequest): OrderFacts => ({
  mode,
  country: destination.country,
  lines,
});

const weightOf = ({ lines }: OrderFacts, sku: string): number =>
  lines.find((line) => line.sku === sku)?.weightGrams ?? 0;

function judgeCandidates(
  request: SourcingRequest,
  demand: readonly SkuDemand[],
  filters: RuleSet['scenarios'][number]['filters'],
): { verdicts: Map<string, CandidateVerdict>; passed: Sighted[]; sighted: Sighted[] } {
  const verdicts = new Map<string, CandidateVerdict>();
  const passed: Sighted[] = [];
  const sighted = request.candidates.map((candidate) => sight(candidate, request, demand));
  for (const each of sighted) {
    const against = reasonsAgainst(each, request, filters);
    if (against.length === 0) passed.push(each);
    verdicts.set(each.candidate.locationId, verdictOf(each, against));
  }
  return { verdicts, passed, sighted };
}

function whatFollows(
  sighted: readonly Sighted[],
  request: SourcingRequest,
  scenario: RuleSet['scenarios'][number],
): Pick<SourcingDecision, 'onShortage' | 'excludedBy' | 'waitsTogether'> {
  const { filters, order, onShortage } = scenario;
  const { preference, setsAside } = request;
  const isTogether = setsAside === true && allocationOf(scenario, preference).shipComplete === true;
  const listed: Filter[] = Array.isArray(order) ? [{ locationIn: order }] : [];
  const excludedBy = exclusionsOf(sighted, request, [...filters, ...listed]);
  return {
    onShortage,
    ...(excludedBy && { excludedBy }),
    ...(isTogether && onShortage.then !== 'cancel' && { waitsTogether: true as const }),
  };
}

/** What the choice costs and what came next; a list compares no costs, what they come to is told all the same. */
function priceOf(
  choice: Choice,
  { currency }: RuleSet,
  { scores, decides }: RuleSet['scenarios'][number],
  { pieces, optionsOf }: { pieces: readonly PieceFacts[]; optionsOf: OptionsOf },
): Pick<SourcingDecision, 'cost' | 'runnerUp'> {
  if (choice.solution === null) return {};
  const isListed = decides === 'configured';
  const given = [...choice.given].map(([row, of]) => {
    const option = choice.posed.options[row]!;
    return { option: isListed ? optionsOf(option.sighted)[0]! : option, pieces: of };
  });
  const cost = costOf(given, scores, pieces);
  if (isListed) return { cost: { ...cost, currency } };
  return {
    cost: { ...cost, currency },
    runnerUp: tellRunnerUp(choice, cost, { scores, pieces, currency }),
  };
}
