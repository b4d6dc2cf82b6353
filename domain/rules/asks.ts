import type { Condition, RuleSet } from './types';

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
