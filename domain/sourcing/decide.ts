import type { Allocation, Scenario } from '../rules/types';
import { allocationOf } from './allocation';
import { choose, type Choice } from './choose';
import type { Option, OptionsOf } from './costs';
import type { Sighted, SkuDemand } from './sight';
import type { Preference } from '../order/types';
import type { Demand } from './types';

export interface Question {
  scenario: Scenario;
  /** Whoever passed the filters. */
  passed: readonly Sighted[];
  demand: readonly SkuDemand[];
  lines: readonly Demand[];
  optionsOf: OptionsOf;
  preference?: Preference;
  setsAside?: boolean;
}

export interface Decided {
  choice: Choice;
  who: Scenario['decides'];
  because: string;
}

/** Lets decide whoever the scenario names: the least cost, the customer, or a list. */
export function decide(question: Question): Decided {
  const allocation = allocationOf(question.scenario, question.preference);
  const decided = decideBy(question, allocation);
  const isGiven = [...decided.choice.given.values()].some((given) => given.some((pieces) => pieces > 0));
  if (!question.setsAside || allocation.shipComplete !== true || isGiven) return decided;
  return decideBy(question, { ...allocation, shipComplete: false });
}

function decideBy(question: Question, allocation: Allocation): Decided {
  const { scenario, demand, lines } = question;
  if (scenario.decides === 'configured') {
    const choice = choose(listed(question), demand, lines, allocation);
    return { choice, who: 'configured', because: 'locations are asked in the order of the list' };
  }
  const options = priced(question);
  const cheapest = (because: string): Decided => ({
    choice: choose(options, demand, lines, allocation),
    who: 'software',
    because,
  });
  if (scenario.decides === 'software') return cheapest('the least cost decides');
  return asCustomerWishes(question, options, allocation) ?? cheapest(whyNotCustomer(question.preference));
}

/** In the order of nearness, which breaks what is left of ties. */
function priced({ passed, optionsOf }: Question): Option[] {
  return [...passed].sort(byNearness).flatMap(optionsOf);
}

export function byNearness(a: Sighted, b: Sighted): number {
  return (
    a.remoteness - b.remoteness ||
    a.candidate.priority - b.candidate.priority ||
    (a.candidate.locationId < b.candidate.locationId ? -1 : 1)
  );
}

/** Each piece costs the place in the list: so the first gives what it has, then the next. */
function listed({ passed, scenario: { order } }: Question): Option[] {
  const place = (sighted: Sighted): number =>
    order === 'byPriority' ? sighted.candidate.priority : (order ?? []).indexOf(sighted.candidate.locationId);
  return passed
    .filter((sighted) => order === 'byPriority' || place(sighted) >= 0)
    .sort((a, b) => place(a) - place(b) || byNearness(a, b))
    .map((sighted, rank) => ({
      sighted,
      quote: null,
      opening: {},
      fixed: 0,
      unit: sighted.supply.map(() => rank),
    }));
}

function asCustomerWishes(
  { demand, lines, preference }: Question,
  options: readonly Option[],
  allocation: Allocation,
): Decided | null {
  const wished = options.filter((option) => isWished(option, preference));
  if (preference === undefined || wished.length === 0) return null;
  const choice = choose(wished, demand, lines, allocation);
  const supplied = [...choice.given.values()].flatMap((given) => [...given]).reduce((a, b) => a + b, 0);
  const wanted = demand.reduce((sum, { quantity }) => sum + quantity, 0);
  if (supplied < wanted) return null;
  return { choice, who: 'customer', because: `the customer chose ${nameOf(preference)}` };
}

function isWished({ sighted, quote }: Option, preference: Preference | undefined): boolean {
  if (preference?.locationId === undefined && preference?.service === undefined) return false;
  const { locationId, service } = preference;
  if (locationId !== undefined && sighted.candidate.locationId !== locationId) return false;
  return service === undefined || (quote?.carrier === service.carrier && quote.service === service.service);
}

const nameOf = ({ locationId, service }: Preference): string =>
  [locationId, service && `${service.carrier} ${service.service}`].filter(Boolean).join(' with ');

function whyNotCustomer(preference: Preference | undefined): string {
  const isWish = preference?.locationId !== undefined || preference?.service !== undefined;
  return isWish
    ? `${nameOf(preference)} cannot supply everything as the customer chose: the least cost decides`
    : 'the customer chose nothing: the least cost decides';
}
