import type { RuleSet } from './types';

/** Whether a rule set looks at how busy locations are: that has to be counted, so it is read only for those. */
export const asksHowBusy = ({ scenarios }: RuleSet): boolean =>
  scenarios.some(
    ({ filters, scores }) =>
      scores.load !== undefined ||
      filters.some((filter) => 'capacityLeft' in filter || 'backlogBelow' in filter),
  );
