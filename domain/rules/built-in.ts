import type { RuleSet, Scenario } from './types';

const always: Pick<Scenario, 'when' | 'filters' | 'scores' | 'allocation' | 'onShortage'> = {
  when: { all: [] },
  filters: [],
  scores: {},
  allocation: { split: 'allow' },
  onShortage: { then: 'backorder' },
};

const builtIn = (scenario: Scenario): RuleSet => ({
  name: 'built-in',
  version: '2',
  currency: 'EUR',
  scenarios: [scenario],
});

/**
 * What rules without a score come to: nothing costs anything, so that the order of ties decides: fewest locations,
 * then nearest, then by priority.
 */
export const builtInRuleSets = {
  fewestSplitsThenNearest: builtIn({ code: 'fewestSplitsThenNearest', decides: 'software', ...always }),
  locationPriority: builtIn({
    code: 'locationPriority',
    decides: 'configured',
    order: 'byPriority',
    ...always,
  }),
} satisfies Record<string, RuleSet>;
