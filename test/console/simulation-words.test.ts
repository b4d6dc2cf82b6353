import { tellDistance, tellReport } from '../../console/words/simulation';
import { emptyReport, type Totals } from '../../domain/simulation/report';

const totals = (of: Partial<Totals>): Totals => ({ ...emptyReport.before, ...of });

/** How each figure is shown that is not the same. */
const tones = (before: Partial<Totals>, after: Partial<Totals>): Record<string, string> => {
  const report = { ...emptyReport, before: totals(before), after: totals(after), locations: [] };
  const { figures } = tellReport(report, 'EUR');
  return Object.fromEntries(
    figures.filter(({ tone }) => tone !== 'quiet').map(({ name, tone }) => [name, tone]),
  );
};

test('the same pieces in fewer parcels over a shorter way are better', () => {
  expect(tones({ pieces: 9, parcels: 4, km: 900 }, { pieces: 9, parcels: 3, km: 400 })).toEqual({
    Parcels: 'good',
    Distance: 'good',
  });
});

test('who supplies less and therefore sends less is not shown as better', () => {
  expect(
    tones({ pieces: 9, parcels: 4, km: 900 }, { pieces: 5, shortPieces: 4, parcels: 3, km: 400 }),
  ).toEqual({
    'Pieces supplied': 'bad',
    'Pieces that nobody could supply': 'bad',
  });
});

test('who supplies more over a longer way is not shown as worse for it', () => {
  const before = { pieces: 5, shortPieces: 4, parcels: 3, splitOrders: 2, km: 400 };
  expect(tones(before, { pieces: 9, shortPieces: 0, parcels: 4, splitOrders: 1, km: 900 })).toEqual({
    'Orders in more than one parcel': 'good',
    'Pieces supplied': 'good',
    'Pieces that nobody could supply': 'good',
  });
});

test('a way is compared only where there are two', () => {
  const figures = { ...emptyFigures, parcels: 1, km: 394 };
  expect(tellDistance(figures, { ...figures, km: 12 })).toBe('12 km instead of 394');
  expect(tellDistance(figures, emptyFigures)).toBeNull();
});

const emptyFigures = {
  ...{ parcels: 0, pieces: 0, short: 0, km: 0, withoutDistance: 0, cost: { total: 0, parts: {} } },
  ...{ shippingCost: 0, pickCost: 0, withoutQuote: 0, promised: null, locations: [] },
};

test('of hundreds of locations the first are told, and the others are there to be unfolded', () => {
  const load = { parcels: 1, pieces: 1 };
  const locations = Array.from({ length: 300 }, (_, n) => ({
    ...{ locationId: `l${n}`, name: `Location ${n}`, before: load, after: load },
  }));
  const { loads, moreLoads } = tellReport({ ...emptyReport, locations }, 'EUR');
  expect(loads).toHaveLength(12);
  expect([...loads, ...moreLoads].map(({ name }) => name)).toEqual(locations.map(({ name }) => name));
});
