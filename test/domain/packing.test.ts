import { packingProblems, reasonToKeep, type Assortment } from '../../domain/purchasing/packing';
import { orderQuantity } from '../../domain/purchasing/supplier';

const sells = (...items: Assortment['items']): Assortment => ({ isKnown: true, items });
const sellsWhatNobodyKnows: Assortment = { isKnown: false, items: [] };
const line = (sku: string, quantity: number) => ({ sku, quantity });

describe('quantities', () => {
  const item = { sku: 'A', packSize: 6, minimumQuantity: 12 };

  test.each([
    [6, 'order 12', { above: 12 }],
    [1, 'order 12', { above: 12 }],
    [13, 'order 12 or 18', { below: 12, above: 18 }],
    [20, 'order 18 or 24', { below: 18, above: 24 }],
  ])('%i of what comes in packs of 6, at least 12: %s', (quantity, expected, nearest) => {
    expect(packingProblems([], [line('A', quantity)], sells(item))).toEqual([
      {
        pointer: '/lines/0/quantity',
        detail: `"A" is sold in packs of 6, at least 12: ${expected}, or say why it is ordered anyway`,
        nearest,
        anyway: true,
      },
    ]);
  });

  test('that fit are no problem, and need no reason', () => {
    const fitting = [{ ...line('A', 12), anyway: 'why not' }];
    expect(packingProblems([], fitting, sells(item))).toEqual([]);
    expect(reasonToKeep(fitting[0]!, [], sells(item))).toBeNull();
  });

  test('that do not fit are ordered with a reason, which stays as long as the quantity does', () => {
    const unusual = { ...line('A', 7), anyway: 'samples' };
    expect(packingProblems([], [unusual], sells(item))).toEqual([]);
    expect(reasonToKeep(unusual, [], sells(item))).toBe('samples');
    expect(reasonToKeep(line('A', 7), [unusual], sells(item))).toBe('samples');
    expect(reasonToKeep({ ...line('A', 7), anyway: 'a fair' }, [unusual], sells(item))).toBe('a fair');
    expect(packingProblems([unusual], [line('A', 8)], sells(item))).toHaveLength(1);
  });

  test('are free where nobody said what is sold, and where a line is left as it was', () => {
    expect(packingProblems([], [line('B', 7)], sellsWhatNobodyKnows)).toEqual([]);
    expect(reasonToKeep({ ...line('B', 7), anyway: 'samples' }, [], sellsWhatNobodyKnows)).toBeNull();
    expect(packingProblems([line('A', 7)], [line('A', 7)], sells(item))).toEqual([]);
  });

  test('that are proposed instead are such as the supplier sells', () => {
    for (let packSize = 1; packSize <= 7; packSize += 1)
      for (let minimumQuantity = 1; minimumQuantity <= 15; minimumQuantity += 1)
        for (let quantity = 1; quantity <= 30; quantity += 1) {
          const terms = { sku: 'A', packSize, minimumQuantity };
          const [problem] = packingProblems([], [line('A', quantity)], sells(terms));
          const { below, above } = problem?.nearest ?? {};
          for (const proposed of [below ?? [], above ?? []].flat())
            expect(orderQuantity(proposed, terms)).toBe(proposed);
          if (above !== undefined) expect(above).toBeGreaterThan(quantity);
          if (below !== undefined) expect(below).toBeLessThan(quantity);
          expect(problem === undefined).toBe(orderQuantity(quantity, terms) === quantity);
        }
  });
});

describe('what a supplier does not list', () => {
  const sold = sells({ sku: 'A', packSize: 1, minimumQuantity: 1 });
  const why = { ...line('B', 7), anyway: 'it will be listed' };

  test('is refused, each line by its own pointer, unless somebody says why', () => {
    expect(packingProblems([], [line('A', 1), line('B', 7)], sold)).toEqual([
      {
        pointer: '/lines/1/sku',
        detail:
          'The supplier does not list "B": add it to what the supplier sells, or say why it is ordered anyway',
        anyway: true,
      },
    ]);
    expect(packingProblems([], [why], sold)).toEqual([]);
    expect(reasonToKeep(why, [], sold)).toBe('it will be listed');
  });

  test('is not asked for again in another quantity, and keeps its reason', () => {
    expect(packingProblems([line('B', 7)], [line('B', 9)], sold)).toEqual([]);
    expect(reasonToKeep(line('B', 9), [why], sold)).toBe('it will be listed');
  });
});
