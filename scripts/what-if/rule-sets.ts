import { builtInRuleSets } from '../../domain/rules/built-in';
import type { RuleSet } from '../../domain/rules/types';

const currency = 'BRL';

/** What is tried, each by its own title; the last one's weights are those by which all are compared. */
export const triedRuleSets: { title: string; rules: RuleSet }[] = [
  {
    title: 'Fewest splits, then nearest',
    rules: { ...builtInRuleSets.fewestSplitsThenNearest, currency },
  },
  {
    title: 'Location priority',
    rules: { ...builtInRuleSets.locationPriority, currency },
  },
  {
    title: 'Least cost',
    rules: {
      ...{ name: 'least-cost', version: '1', currency },
      scenarios: [
        {
          ...{ code: 'everything', when: { all: [] }, decides: 'software', filters: [] },
          // A second parcel must save 3.00, a day earlier is worth 0.50.
          scores: { shippingCost: 1, perSplit: 300, perDay: 50 },
          allocation: { split: 'allow' },
          onShortage: { then: 'backorder' },
        },
      ],
    },
  },
];
