import { durationInWords } from '../time/duration-in-words';
import { amountInWords } from './amount-in-words';
import { conditionInWords } from './condition-in-words';
import type { AfterAction, Allocation, Filter, RuleSet, Scenario, Scores, SplitRule } from './types';

/** A scenario as somebody would tell it: one sentence a part. */
export interface ScenarioInWords {
  code: string;
  when: string;
  decides: string;
  /** Only locations that …; none: every location that has something. */
  filters: string[];
  /** What makes a location dearer or cheaper; none: fewest locations, then nearest, then by priority. */
  scores: string[];
  allocation: string;
  shortage: string;
}

export const rulesInWords = ({ scenarios, currency }: RuleSet): ScenarioInWords[] =>
  scenarios.map((scenario) => ({
    code: scenario.code,
    when: conditionInWords(scenario.when),
    decides: decidesInWords(scenario),
    filters: scenario.filters.map(filterInWords),
    scores: scoresInWords(scenario.scores, currency),
    allocation: allocationInWords(scenario.allocation),
    shortage: shortageInWords(scenario.onShortage),
  }));

function decidesInWords({ decides, order }: Scenario): string {
  if (decides === 'software') return 'The least cost decides';
  if (decides === 'customer')
    return 'The customer’s choice, where it can supply everything; else the least cost';
  return order === 'byPriority' || order === undefined
    ? 'Locations are asked by their priority, one after the other'
    : `Locations are asked one after the other: ${order.join(', ')}`;
}

type KeyOf<Union> = Union extends unknown ? keyof Union : never;
type ValueOf<Union, Key extends PropertyKey> = Union extends Record<Key, infer Value> ? Value : never;

const either = (words: readonly string[]): string => words.join(' or ');
const km = (figure: number): string => `${figure} km`;

const filters: { [Key in KeyOf<Filter>]: (wanted: ValueOf<Filter, Key>) => string } = {
  locationType: (types) => `of type ${either(types)}`,
  locationIn: (ids) => `that are ${either(ids)}`,
  locationNotIn: (ids) => `other than ${either(ids)}`,
  country: (wanted) => {
    if (wanted === 'same') return 'in the country of the destination';
    return wanted === 'other' ? 'outside of the country of the destination' : `in ${either(wanted)}`;
  },
  maxDistanceKm: (most) => `at most ${km(most)} away`,
  priorityAtMost: (most) => `of priority ${most} or better`,
  capacityLeft: () => 'with capacity left today',
  shipsWithinDays: (days) => {
    if (days === 0) return 'that ship today';
    return days === 1 ? 'that ship by tomorrow' : `that ship within ${days} days`;
  },
  hasTag: (tags) => `tagged ${either(tags)}`,
  hasNoTag: (tags) => `not tagged ${either(tags)}`,
  hazardAllowed: () => 'that may handle hazardous goods, where there are any',
  carriesSku: () => 'that carry every product of the order',
  backlogBelow: (most) => `with fewer than ${most} fulfillments waiting`,
  keepsPromise: () => 'that keep what the customer was promised',
};

function filterInWords(filter: Filter): string {
  const [key, wanted] = Object.entries(filter)[0] as [KeyOf<Filter>, never];
  return Object.hasOwn(filters, key) ? filters[key](wanted) : JSON.stringify(filter);
}

const scores: Record<keyof Scores, (money: string, weight: number) => string> = {
  perSplit: (money) => `${money} for each location beyond the first`,
  shippingCost: (_, weight) => (weight === 1 ? 'what carriers charge' : `${weight} × what carriers charge`),
  perDay: (money) => `${money} for each day in transit`,
  perDayLate: (money) => `${money} for each day after the one that was promised`,
  withoutTariff: (money) => `${money} for a location that no tariff covers the way from`,
  perKm: (money) => `${money} for each kilometre`,
  load: (money) => `${money} for a location that is full today, less for one that is less so`,
  priority: (money) => `${money} times the location’s priority`,
  pickCost: (_, weight) => (weight === 1 ? 'what picking costs' : `${weight} × what picking costs`),
  stockAge: (money) => `less ${money} for each piece and day that it has lain there`,
  overstock: (money) => `less ${money} for each piece of which there are too many`,
};

const scoresInWords = (given: Scores, currency: string): string[] =>
  (Object.keys(scores) as (keyof Scores)[]).flatMap((score) => {
    const weight = given[score];
    return weight === undefined ? [] : [scores[score](amountInWords(weight, currency), weight)];
  });

const splits: Record<SplitRule, string> = {
  allow: 'The order may be divided',
  never: 'One location supplies all, or all waits',
  byLine: 'A line stays whole, the order may be divided',
  consolidate: 'One location supplies all, and the others send there first what it lacks',
};

function allocationInWords({ split, shipComplete, maxLocations, respectPreference }: Allocation): string {
  return [
    splits[split],
    ...(maxLocations === undefined
      ? []
      : [`over at most ${maxLocations} ${maxLocations === 1 ? 'location' : 'locations'}`]),
    ...(shipComplete === true ? ['nothing is supplied before all of it can be'] : []),
    ...(respectPreference === true ? ['what the order itself asks for goes before'] : []),
  ].join('; ');
}

const actions: Record<AfterAction['then'], string> = {
  backorder: 'waits for stock',
  purchaseRequest: 'is asked for to be bought',
  alternative: 'is offered as another product',
  waitForTransfer: 'waits for a transfer',
  cancel: 'is cancelled',
};

/** What is to become of pieces that nobody can supply, as a sentence. */
export function shortageInWords({ then, within, owner, otherwise }: AfterAction): string {
  const word = (action: AfterAction['then'] | 'split'): string => {
    if (action === 'split') return 'is supplied divided';
    return Object.hasOwn(actions, action) ? actions[action] : action;
  };
  const without = then === 'waitForTransfer' ? 'where none comes in time' : 'where none is taken';
  return [
    `What nobody has ${word(then)}`,
    ...(within === undefined ? [] : [`, within ${durationInWords(within)}`]),
    ...(otherwise === undefined ? [] : [`; ${without} it ${word(otherwise)}`]),
    ...(owner === undefined ? [] : [`; ${owner} looks after it`]),
  ].join('');
}
