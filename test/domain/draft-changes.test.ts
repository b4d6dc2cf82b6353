import { draftChanges, type DraftContent } from '../../domain/purchasing/draft-changes';

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

  test('tells why a quantity is ordered that is not sold so', () => {
    const before = draft([{ ...line('A', 7), anyway: 'samples' }]);
    const after = draft([
      { ...line('A', 7), anyway: 'agreed by phone' },
      { ...line('B', 1), anyway: 'samples' },
    ]);
    expect(draftChanges(before, after)).toEqual([
      { what: 'anyway', sku: 'A', because: 'agreed by phone' },
      { what: 'added', sku: 'B', quantity: 1 },
      { what: 'anyway', sku: 'B', because: 'samples' },
    ]);
    expect(draftChanges(before, before)).toEqual([]);
  });

  test('is nothing between a draft and itself', () => {
    const same = draft([line('A', 2, 5)], { expectedAt: '2027-01-01T00:00:00.000Z', reference: 'R' });
    expect(draftChanges(same, structuredClone(same))).toEqual([]);
  });
});
