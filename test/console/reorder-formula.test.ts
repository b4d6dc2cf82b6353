import { formulaOf } from '../../console/pages/reorder-points/formula';
import { reorderLevels } from '../../domain/stock/reorder-levels';

const point = {
  sku: 'A',
  locationId: 'north',
  mode: 'propose' as const,
  supplierId: null,
  owner: 'purchasing',
};

it('puts the figures into the formula: what it comes to are the levels themselves', () => {
  const sold = Array.from({ length: 30 }, (_, day) => (day % 3 === 0 ? 4 : 1));
  const terms = { knownDays: 30, leadTimeDays: 9, serviceLevel: 95 as const, coverDays: 14 };
  const levels = reorderLevels({ sold, ...terms });
  const told = formulaOf({ ...point, ...levels, ...terms, computed: true, computedAt: null });
  expect(told).toMatchObject({
    sold: 60,
    mean: '2',
    deviation: '1.438',
    z: '1.645',
    point: '2 × 9 + 1.645 × 1.438 × √9 = 18 + 7.096, rounded up 26',
    target: '26 + 2 × 14 = 26 + 28, rounded up 54',
  });
  expect(levels).toMatchObject({ point: 26, target: 54 });
});

it('has nothing to tell of levels that were set by hand', () => {
  const byHand = { ...point, point: 3, target: 9, computed: false, serviceLevel: 95 as const, coverDays: 30 };
  expect(formulaOf({ ...byHand, basis: null, computedAt: null })).toBeNull();
});
