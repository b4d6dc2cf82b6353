import { weighsServices } from '../rules/asks';
import { builtInRuleSets } from '../rules/built-in';
import { chooseScenario } from '../rules/conditions';
import { latenessOf } from './arrival';
import { optionsOf, type Option } from './costs';
import { demandBySku, sight } from './sight';
import type { Quote, SourcingRequest } from './types';

/**
 * The service for what a location supplies without having been chosen for it: of goods that waited, or that were
 * gathered there. Of what is quoted to the one candidate of the request, the customer's own wish where the scenario lets
 * the customer decide, else the least cost by its scores. Null where the rules weigh no quotes, or there are none.
 */
export function serviceFor(request: SourcingRequest): Quote | null {
  const rules = request.ruleSet ?? builtInRuleSets[request.strategy];
  const [candidate] = request.candidates;
  if (request.order === undefined || candidate === undefined) return null;
  const { scenario } = chooseScenario(rules, request.order);
  if (scenario.decides === 'configured' || !weighsServices(scenario)) return null;
  const demand = demandBySku(request.lines);
  const { lines } = request.order;
  const pieces = demand.map(({ sku }) => ({
    sku,
    weightGrams: lines.find((line) => line.sku === sku)?.weightGrams ?? 0,
  }));
  const lateness = latenessOf(request, scenario);
  const pricing = { scores: scenario.scores, pieces, choosesService: true, lateness };
  const options = optionsOf(sight(candidate, request, demand), pricing);
  const wished = scenario.decides === 'customer' ? options.filter((option) => isWished(option, request)) : [];
  return cheapest(wished.length > 0 ? wished : options, demand);
}

const isWished = ({ quote }: Option, { preference }: SourcingRequest): boolean =>
  quote !== null &&
  quote.carrier === preference?.service?.carrier &&
  quote.service === preference.service.service;

/** The first of those that cost the same. */
function cheapest(options: readonly Option[], demand: readonly { quantity: number }[]): Quote | null {
  const costOf = ({ fixed, unit }: Option): number =>
    demand.reduce((sum, { quantity }, index) => sum + quantity * unit[index]!, fixed);
  return options.reduce((best, each) => (costOf(each) < costOf(best) ? each : best)).quote;
}
