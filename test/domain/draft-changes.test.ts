import { draftChanges, packingProblems, type DraftContent } from '../../domain/purchasing/draft-changes';
import { orderQuantity } from '../../domain/purchasing/supplier';

const line = (sku: string, quantity: number, unitCost: number | null = null) => ({ sku, quantity, unitCost });
const draft = (lines: DraftContent['lines'], more: Partial<DraftContent> = {}): DraftContent => ({
  ...{ lines, expectedAt: null, reference: null },
  ...more,
});

describe('what differs between two drafts', () => {
  test('is told line by line, then by what is gone, then by terms', () => {
    const before = draft([line('A', 2), line('B', 3, 100), line('C', 1)]);
    const after = draft([line('B', 4, 120), line('A', 2), line('D', 5)], { reference: 'R' });
    expect(draftChanges(before, after)).toEqual([
      { what: 'quantity', sku: 'B', from: 3, to: 4 },
      { what: 'cost', sku: 'B' },
      { what: 'added', sku: 'D', quantity: 5 },
      { what: 'removed', sku: 'C' },
      { what: 'reference' },
    ]);
  });

  test('is nothing between a draft and itself', () => {
    const same = draft([line('A', 2, 5)], { expectedAt: '2027-01-01T00:00:00.000Z', reference: 'R' });
    expect(draftChanges(same, structuredClone(same))).toEqual([]);
  });
});

describe('quantities', () => {
  const item = { sku: 'A', packSize: 6, minimumQuantity: 12 };

  test.each([
    [12, null],
    [18, null],
    [6, 'order 12'],
    [1, 'order 12'],
    [13, 'order 12 or 18'],
    [20, 'order 18 or 24'],
  ])('%i of what comes in packs of 6, at least 12: %s', (quantity, expected) => {
    const [problem] = packingProblems([], [line('A', quantity)], [item]);
    if (expected === null) expect(problem).toBeUndefined();
    else
      expect(problem).toEqual({
        pointer: '/lines/0/quantity',
        detail: `"A" is sold in packs of 6, at least 12: ${expected}`,
      });
  });

  test('are free where nobody said how it is sold, and where a line is left as it was', () => {
    expect(packingProblems([], [line('B', 7)], [item])).toEqual([]);
    expect(packingProblems([line('A', 7)], [line('A', 7)], [item])).toEqual([]);
  });

  test('that are proposed instead are such as the supplier sells', () => {
    for (let packSize = 1; packSize <= 7; packSize += 1)
      for (let minimumQuantity = 1; minimumQuantity <= 15; minimumQuantity += 1)
        for (let quantity = 1; quantity <= 30; quantity += 1) {
          const terms = { sku: 'A', packSize, minimumQuantity };
          const [problem] = packingProblems([], [line('A', quantity)], [terms]);
          const named = /order (\d+)(?: or (\d+))?$/.exec(problem?.detail ?? '')?.slice(1) ?? [];
          for (const proposed of named.filter(Boolean).map(Number)) {
            expect(orderQuantity(proposed, terms)).toBe(proposed);
            expect(Math.abs(proposed - quantity)).toBeGreaterThan(0);
          }
          expect(problem === undefined).toBe(orderQuantity(quantity, terms) === quantity);
        }
  });
});
