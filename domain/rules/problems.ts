import { parseDuration } from '../time/duration';
import { conditionProblems, unknown } from './condition-problems';
import { coveredBy, createSteps, holdsAlways, holdsNever, type Steps } from './reach';
import type { KnownReferences, RuleProblem } from './rule-problem';
import type { AfterAction, RuleSet, Scenario } from './types';

/**
 * What the schema cannot say about a rule set that has the right shape: scenarios that can never be reached or
 * are missing, codes used twice, spans that are empty, references to what is not there.
 */
export function problemsOf(rules: RuleSet, known: KnownReferences = {}): RuleProblem[] {
  const problems = rules.scenarios.flatMap((scenario, index) =>
    scenarioProblems(scenario, `/scenarios/${index}`, known),
  );
  return [...orderProblems(rules.scenarios), ...problems, ...tariffProblemsOf(rules, known)];
}

function orderProblems(scenarios: readonly Scenario[]): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const seen = new Set<string>();
  const steps = createSteps();
  scenarios.forEach(({ code, when }, index) => {
    const isLast = index === scenarios.length - 1;
    if (seen.has(code))
      problems.push({ pointer: `/scenarios/${index}/code`, detail: `The code "${code}" is used twice` });
    seen.add(code);
    if (holdsAlways(when) && !isLast)
      problems.push({
        pointer: `/scenarios/${index}/when`,
        detail: 'Holds always, so that no scenario after it is reached: move it to the end',
      });
    if (isLast && !holdsAlways(when))
      problems.push({
        pointer: `/scenarios/${index}/when`,
        detail: 'The last scenario must hold always: let it be { "all": [] }',
      });
    else if (!isLast) problems.push(...reachProblems(scenarios, index, steps));
  });
  if (scenarios.length === 0)
    problems.push({
      pointer: '/scenarios',
      detail: 'Needs at least one scenario, the last of which holds always',
    });
  return problems;
}

function reachProblems(scenarios: readonly Scenario[], index: number, steps: Steps): RuleProblem[] {
  const pointer = `/scenarios/${index}/when`;
  if (holdsNever(scenarios[index]!.when, steps))
    return [
      { pointer, detail: 'Holds for no order: what it asks for excludes itself. Change it or take it out' },
    ];
  const before = coveredBy(scenarios, index, steps);
  if (before === undefined) return [];
  const detail = `Never decides: "${before.code}" before it holds for all of its orders. Move it before that one, or take it out`;
  return [{ pointer, detail }];
}

/** Costs and days that nothing is known of would count for no location. */
function tariffProblemsOf(
  { scenarios, currency }: RuleSet,
  { tariffCurrencies }: KnownReferences,
): RuleProblem[] {
  return scenarios.flatMap(({ scores }, index) => {
    const at = `/scenarios/${index}/scores`;
    const asking = (['shippingCost', 'perDay'] as const).filter((score) => (scores[score] ?? 0) > 0);
    if (asking.length === 0 && scores.withoutTariff !== undefined)
      return [{ pointer: `${at}/withoutTariff`, detail: 'Counts only beside "shippingCost" or "perDay"' }];
    if (tariffCurrencies === undefined || tariffCurrencies.includes(currency)) return [];
    return asking.map((score) => ({
      pointer: `${at}/${score}`,
      detail: `No tariff in ${currency} is kept that it could look at: save one (PUT /v1/tariffs/{id}), or leave it out`,
    }));
  });
}

function scenarioProblems(scenario: Scenario, at: string, known: KnownReferences): RuleProblem[] {
  const problems = conditionProblems(scenario.when, `${at}/when`, known);
  const { decides, order, onShortage } = scenario;
  if (decides === 'configured' && order === undefined)
    problems.push({
      pointer: `${at}/order`,
      detail: 'What is configured needs a list of locations or "byPriority"',
    });
  if (decides !== 'configured' && order !== undefined)
    problems.push({ pointer: `${at}/order`, detail: 'Only a scenario that is configured has an order' });
  if (Array.isArray(order)) problems.push(...unknown(order, known.locationIds, `${at}/order`, 'location'));
  scenario.filters.forEach((filter, index) => {
    const [key, ids] = Object.entries(filter)[0] ?? [];
    if (key === 'locationIn' || key === 'locationNotIn')
      problems.push(
        ...unknown(ids as string[], known.locationIds, `${at}/filters/${index}/${key}`, 'location'),
      );
  });
  return [...problems, ...shortageProblems(onShortage, `${at}/onShortage`)];
}

/** A time or an owner that nothing would look at is a mistake, and so is no time at all. */
function shortageProblems({ then, within, owner, otherwise }: AfterAction, at: string): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const refuse = (field: string, detail: string) => problems.push({ pointer: `${at}/${field}`, detail });
  if (owner !== undefined && then !== 'purchaseRequest')
    refuse('owner', 'Only a "purchaseRequest" has an owner');
  if (otherwise !== undefined && then !== 'alternative' && then !== 'waitForTransfer')
    refuse(
      'otherwise',
      'Only an "alternative" can be refused and only a "waitForTransfer" be late: leave it out',
    );
  if (otherwise === 'split' && then === 'alternative')
    refuse('otherwise', 'Only what waits for a transfer can be divided instead: "backorder" or "cancel"');
  if (within === undefined) return problems;
  const parsed = parseDuration(within);
  if (then === 'cancel') refuse('within', 'What is cancelled is cancelled at once: leave it out');
  else if (parsed.outcome === 'invalid') refuse('within', parsed.detail);
  else if (parsed.ms === 0) refuse('within', 'No time is too short: use "cancel", or name a time');
  return problems;
}
