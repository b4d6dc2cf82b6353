import { tellExclusions } from '../../../domain/sourcing/excluded';
import { source } from '../../../domain/sourcing/source';
import type { SourcingDecision } from '../../../domain/sourcing/types';
import { location, randomRequest, requestOf, ruleSetOf } from './requests';

const decide = (filters: Parameters<typeof ruleSetOf>[0]['filters'], stock: number[]): SourcingDecision =>
  source(
    requestOf({
      candidates: stock.map((S, index) =>
        location(`l${index}`, { available: { S }, country: index === 0 ? 'IT' : 'AT', priority: index }),
      ),
      lines: [{ lineId: 'a', sku: 'S', quantity: 2 }],
      ruleSet: ruleSetOf({ filters }),
    }),
  );

test('rules that leave nobody are told with what each filter excludes, the most first', () => {
  const { excludedBy } = decide([{ priorityAtMost: 0 }, { country: ['CH'] }], [2, 2, 0]);
  expect(excludedBy).toEqual([
    { filter: 'country', locations: 3 },
    { filter: 'priorityAtMost', locations: 2 },
  ]);
  expect(tellExclusions(excludedBy!)).toBe(
    'the rules leave no location: country excludes 3, priorityAtMost 2',
  );
});

test('who passes and has nothing is waited for; nothing is told where all is there', () => {
  expect(decide([{ country: ['IT'] }], [0, 9]).excludedBy).toBeUndefined();
  expect(decide([{ country: ['AT'] }], [9, 9])).not.toHaveProperty('excludedBy');
  expect(decide([], []).excludedBy).toBeUndefined();
});

test('what excludes everybody supplies nothing, whatever the rules', () => {
  for (let seed = 0; seed < 300; seed += 1) {
    const request = randomRequest(seed);
    const decision = source(request);
    if (decision.excludedBy === undefined) continue;
    expect(decision.assignments).toEqual([]);
    expect(decision.candidates.every(({ outcome }) => outcome === 'filtered')).toBe(true);
  }
});
