import fc from 'fast-check';
import { builtInRuleSets } from '../../domain/rules/built-in';
import type { RuleSet, Scores } from '../../domain/rules/types';
import { assumptionsOf } from '../../domain/simulation/assumptions';
import { compare, type Comparison } from '../../domain/simulation/comparison';
import { weigh } from '../../domain/simulation/figures';
import { expectedEnd } from '../../domain/simulation/progress';
import { addUp, emptyReport } from '../../domain/simulation/report';
import { source } from '../../domain/sourcing/source';
import type { Candidate, SourcingRequest } from '../../domain/sourcing/types';

const quote = (base: number, perKg = 0, transitDays = 1) => ({
  ...{ carrier: 'c', service: `s${base}`, base, perKg, transitDays },
});
const candidate = (locationId: string, lat: number, more: Partial<Candidate> = {}): Candidate => ({
  ...{
    locationId,
    name: locationId,
    country: 'IT',
    point: { lat, lng: 11 },
    capabilities: ['ship'],
    priority: 1,
  },
  available: { A: 5, B: 5 },
  ...more,
});
const request = (candidates: Candidate[], quantities = { A: 2, B: 1 }): SourcingRequest => {
  const lines = Object.entries(quantities).map(([sku, quantity]) => ({ lineId: `l${sku}`, sku, quantity }));
  const destination = { country: 'IT', point: { lat: 45, lng: 11 } };
  return {
    ...{ strategy: 'fewestSplitsThenNearest', mode: 'ship', pickupLocationId: null, destination },
    ...{ excluded: [], lines, candidates },
    order: {
      ...{ country: 'IT', mode: 'ship' },
      lines: lines.map((line) => ({ ...line, weightGrams: 500 })),
    },
  };
};
const scoring = (scores: Scores): RuleSet => {
  const rules = builtInRuleSets.fewestSplitsThenNearest;
  return { ...rules, scenarios: [{ ...rules.scenarios[0]!, scores }] };
};

test('both decisions are weighed by the weights that are tried, and money is told unweighted', () => {
  const near = candidate('near', 45.1, { quotes: [quote(900, 100)], pickCost: 30 });
  const far = candidate('far', 41, { quotes: [quote(400, 100), quote(600)], pickCost: 10 });
  const asked = request([near, far]);
  const rules = scoring({ shippingCost: 2, pickCost: 1 });
  const before = source(asked);
  const after = source({ ...asked, ruleSet: rules });
  expect([before, after].map(({ assignments }) => assignments.map((each) => each.locationId))).toEqual([
    ['near'],
    ['far'],
  ]);
  const figures = weigh(asked, rules, before, '2026-03-04');
  expect(figures).toMatchObject({
    ...{ parcels: 1, pieces: 3, short: 0, km: 11, withoutDistance: 0, withoutQuote: 0 },
    // 9.00 and 1.5 kg at 1.00; three pieces picked at 0.30.
    ...{ shippingCost: 1_050_000, pickCost: 90_000, promised: '2026-03-04' },
    cost: { total: 2_190_000, parts: { shippingCost: 2_100_000, pickCost: 90_000 } },
    locations: [{ locationId: 'near', pieces: 3 }],
  });
  const its = weigh(asked, rules, after, '2026-03-06');
  expect(its.cost).toEqual({ total: after.cost!.total, parts: after.cost!.parts });
  const compared = compare({ ...before, figures }, { ...after, figures: its });
  expect(compared).toMatchObject({ isChanged: true, daysLater: 2 });
});

test('what was chosen by the rules never costs more by its own weights than what was chosen before', () => {
  const place = fc.record({
    lat: fc.integer({ min: 38, max: 47 }),
    a: fc.nat(3),
    b: fc.nat(3),
    base: fc.integer({ min: 100, max: 900 }),
  });
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 6 }), (places) => {
      const candidates = places.map(({ lat, a, b, base }, index) =>
        candidate(`p${index}`, lat, { available: { A: a, B: b }, quotes: [quote(base, 50)] }),
      );
      const asked = request(candidates, { A: 3, B: 2 });
      const rules = scoring({ perSplit: 300, shippingCost: 1, perKm: 0.5 });
      const [before, after] = [source(asked), source({ ...asked, ruleSet: rules })];
      const [was, is] = [before, after].map((each) => weigh(asked, rules, each, null));
      expect(is!.pieces).toBe(was!.pieces);
      expect(is!.cost.total).toBeLessThanOrEqual(was!.cost.total);
      expect(Object.values(is!.cost.parts).reduce((sum, part) => sum + part, 0)).toBe(is!.cost.total);
    }),
  );
});

test('the same outcome told in another order is no change; other pieces left without are', () => {
  const asked = request([candidate('x', 45), candidate('y', 45)]);
  const figures = weigh(asked, scoring({}), source(asked), null);
  const at = (locationId: string, lineId: string) => ({
    locationId,
    lines: [{ lineId, sku: 'A', quantity: 1 }],
  });
  const was = { assignments: [at('x', '1'), at('y', '2')], short: [], figures };
  expect(compare(was, { ...was, assignments: [at('y', '2'), at('x', '1')] }).isChanged).toBe(false);
  expect(compare(was, { ...was, short: [{ lineId: '3', sku: 'A', quantity: 1 }] })).toMatchObject({
    isChanged: true,
    daysLater: null,
  });
});

const side = fc.record({
  parcels: fc.nat(4),
  pieces: fc.nat(9),
  short: fc.nat(3),
  km: fc.nat(900),
  withoutDistance: fc.nat(1),
  cost: fc.nat(99_999).map((perKm) => ({ total: perKm, parts: { perKm } })),
  shippingCost: fc.nat(9999),
  pickCost: fc.nat(9999),
  withoutQuote: fc.nat(1),
  promised: fc.constant(null),
  locations: fc.array(fc.record({ locationId: fc.constantFrom('x', 'y', '__proto__z'), pieces: fc.nat(5) })),
});
const comparison: fc.Arbitrary<Comparison> = fc.record({
  isChanged: fc.boolean(),
  before: side,
  after: side,
  daysLater: fc.option(fc.integer({ min: -5, max: 5 }), { nil: null }),
});

test('each total is the sum of its rows, however they are put into batches', () => {
  fc.assert(
    fc.property(fc.array(comparison, { maxLength: 12 }), fc.nat(12), (rows, cut) => {
      const report = addUp(addUp(emptyReport, rows.slice(0, cut)), rows.slice(cut));
      expect(report).toEqual(addUp(emptyReport, rows));
      const sum = (figure: (row: Comparison) => number) => rows.reduce((so, row) => so + figure(row), 0);
      const { promise } = report;
      expect(report.orders).toBe(rows.length);
      expect(promise.earlier + promise.same + promise.later + promise.unknown).toBe(rows.length);
      expect(report.changed).toBe(sum(({ isChanged }) => Number(isChanged)));
      for (const which of ['before', 'after'] as const) {
        const totals = report[which];
        expect(totals.parcels).toBe(sum((row) => row[which].parcels));
        expect(totals.splits).toBe(sum((row) => Math.max(0, row[which].parcels - 1)));
        expect(totals.km).toBe(sum((row) => row[which].km));
        expect(totals.cost.total).toBe(sum((row) => row[which].cost.total));
        expect(totals.cost.parts.perKm ?? 0).toBe(totals.cost.total);
        const loads = Object.values(report.locations).map((each) => each[which].pieces);
        expect(loads.reduce((so, each) => so + each, 0)).toBe(
          sum((row) => row[which].locations.reduce((so, { pieces }) => so + pieces, 0)),
        );
      }
    }),
  );
});

test('the end is expected by how it went so far', () => {
  const began = { beganAt: '2026-03-02T10:00:00.000Z' };
  expect(expectedEnd({ ...began, done: 50, total: 200 }, '2026-03-02T10:01:00.000Z')).toBe(
    '2026-03-02T10:04:00.000Z',
  );
  expect(expectedEnd({ ...began, done: 0, total: 200 }, '2026-03-02T10:01:00.000Z')).toBeNull();
  expect(expectedEnd({ beganAt: null, done: 0, total: null }, '2026-03-02T10:01:00.000Z')).toBeNull();
});

test('what is not as it was then is told, and only where it matters', () => {
  const asks = (scores: Scores) =>
    assumptionsOf({ rules: scoring(scores), againstRules: null, channel: null }).join(' ');
  expect(asks({ load: 5 })).toContain('How busy');
  expect(asks({ perKm: 5 })).not.toContain('How busy');
});
