import type { Condition, RuleSet, Scores } from './types';

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

/** Whether a rule set looks at quotes: they are read only for those. */
export const asksForQuotes = ({ scenarios }: RuleSet): boolean =>
  scenarios.some(({ decides, scores }) => decides !== 'configured' && weighsQuotes(scores));

/** Whether it looks at how long pieces have lain somewhere. */
export const asksForStockAge = ({ scenarios }: RuleSet): boolean =>
  scenarios.some(({ scores }) => (scores.stockAge ?? 0) > 0);

/** Whether it looks at where there are too many. */
export const asksForOverstock = ({ scenarios }: RuleSet): boolean =>
  scenarios.some(({ scores }) => (scores.overstock ?? 0) > 0);
