import type { Condition, RuleSet, Scenario, Scores } from './types';

/** Whether a rule set looks at how busy locations are: that has to be counted, so it is read only for those. */
export const asksHowBusy = ({ scenarios }: RuleSet): boolean =>
  scenarios.some(
    ({ filters, scores }) =>
      scores.load !== undefined ||
      filters.some((filter) => 'capacityLeft' in filter || 'backlogBelow' in filter),
  );

/** Whether a condition looks anywhere at something: at a customer's first order, say. */
export function asksFor(condition: Condition, leaf: string): boolean {
  if ('all' in condition) return condition.all.some((each) => asksFor(each, leaf));
  if ('any' in condition) return condition.any.some((each) => asksFor(each, leaf));
  return 'not' in condition ? asksFor(condition.not, leaf) : leaf in condition;
}

/** Whether it matters what carriers ask, or how long they take. */
export const weighsQuotes = ({ shippingCost = 0, perDay = 0 }: Scores): boolean =>
  shippingCost > 0 || perDay > 0;

export type Weighed = Pick<Scenario, 'filters' | 'scores'>;

/** Whether goods may only come by the day that the customer was promised. */
export const mustKeepPromise = ({ filters }: Pick<Weighed, 'filters'>): boolean =>
  filters.some((filter) => 'keepsPromise' in filter);

/** Whether it matters when the customer was promised the goods. */
export const weighsPromise = ({ filters, scores }: Weighed): boolean =>
  (scores.perDayLate ?? 0) > 0 || mustKeepPromise({ filters });

/** Whether it matters by which service goods go. */
export const weighsServices = (scenario: Weighed): boolean =>
  weighsQuotes(scenario.scores) || weighsPromise(scenario);

/** Whether a rule set looks at quotes: they are read only for those. */
export const asksForQuotes = ({ scenarios }: RuleSet): boolean =>
  scenarios.some(
    (scenario) =>
      weighsPromise(scenario) || (scenario.decides !== 'configured' && weighsQuotes(scenario.scores)),
  );

/** Whether it looks at what the customer was promised. */
export const asksForPromise = ({ scenarios }: RuleSet): boolean => scenarios.some(weighsPromise);

/** Whether it looks at how long pieces have lain somewhere. */
export const asksForStockAge = ({ scenarios }: RuleSet): boolean =>
  scenarios.some(({ scores }) => (scores.stockAge ?? 0) > 0);

/** Whether it looks at where there are too many. */
export const asksForOverstock = ({ scenarios }: RuleSet): boolean =>
  scenarios.some(({ scores }) => (scores.overstock ?? 0) > 0);
