import fc from 'fast-check';
import { combine } from '../../../domain/sourcing/combine';
import type { Turn } from '../../../domain/sourcing/divide';
import { source } from '../../../domain/sourcing/source';
import { withoutTaken } from '../../../domain/sourcing/taken';
import { decideTogether } from '../../../domain/sourcing/together';
import type { Candidate, SourcingDecision, SourcingRequest } from '../../../domain/sourcing/types';
import { location, requestOf, ruleSetOf } from './requests';

interface Decided {
  destination: string | null;
  decision: SourcingDecision;
}

/** Destinations that differ in where they may be supplied from. */
function decide(
  turns: readonly Turn[],
  candidates: readonly Candidate[],
  excluded: Record<string, string[]>,
) {
  const ruleSet = ruleSetOf({ scores: { priority: 1 } });
  const decideFor = ({ destination, lines }: Turn, there: readonly Candidate[]): Decided => {
    const more: Partial<SourcingRequest> = { lines, candidates: there, ruleSet };
    const request = requestOf({ ...more, excluded: excluded[destination ?? ''] ?? [] });
    return { destination, decision: source(request) };
  };
  return decideTogether(turns, candidates, decideFor);
}

const turn = (destination: string | null, quantity = 1, sku = 'A'): Turn => ({
  destination,
  lines: [{ lineId: `line-${destination}-${sku}`, sku, quantity }],
});
const shortOf = (decided: readonly Decided[]): number =>
  decided.flatMap(({ decision }) => decision.short).reduce((sum, { quantity }) => sum + quantity, 0);
const placesOf = (decided: readonly Decided[]) =>
  Object.fromEntries(
    decided.map(({ destination, decision }) => [
      destination ?? 'own',
      decision.assignments.map(({ locationId }) => locationId),
    ]),
  );

test('who can be supplied from one place alone is not starved by who could have it from another', () => {
  const candidates = [
    location('near', { available: { A: 1 }, priority: 0 }),
    location('far', { available: { A: 1 }, priority: 1 }),
  ];
  const only = { aunt: ['far'] };
  const { decided, contested, gap } = decide([turn(null), turn('aunt')], candidates, only);
  expect(placesOf(decided)).toEqual({ own: ['far'], aunt: ['near'] });
  expect(contested).toEqual([
    {
      ...{ locationId: 'near', name: 'Location near', sku: 'A', available: 1, taken: 2 },
      takers: [
        { index: 0, quantity: 1 },
        { index: 1, quantity: 1 },
      ],
    },
  ]);
  expect(combine(decided, { contested, gap }).summary).toContain(
    'More than one wants what Location near has (1 of A): divided so that fewest pieces are short, then at the least cost.',
  );
});

test('nobody goes short, and still the pieces go to whom they save most', () => {
  const there = [location('near', { available: { A: 1 } }), location('far', { available: { A: 9 } })];
  const quote = (base: number) => [{ carrier: 'c', service: 's', base, perKg: 0, transitDays: 1 }];
  const prices: Record<string, Record<string, number>> = {
    own: { near: 500, far: 600 },
    aunt: { near: 500, far: 2000 },
  };
  const ruleSet = ruleSetOf({ scores: { shippingCost: 1 } });
  const { decided, gap } = decideTogether(
    [turn(null), turn('aunt')],
    there,
    ({ destination, lines }, from) => {
      const to = prices[destination ?? 'own']!;
      const candidates = from.map((each) => ({ ...each, quotes: quote(to[each.locationId]!) }));
      return { destination, decision: source(requestOf({ lines, candidates, ruleSet })) };
    },
  );
  expect(placesOf(decided)).toEqual({ own: ['far'], aunt: ['near'] });
  expect(gap).toBe(0);
});

test('where all can have what is best for them, the own address stands first, then the others by name', () => {
  const candidates = [location('near', { available: { A: 9 } })];
  const { decided, contested } = decide([turn('b'), turn(null), turn('a')], candidates, {});
  expect(contested).toEqual([]);
  expect(decided.map(({ destination }) => destination)).toEqual([null, 'a', 'b']);
});

test('a search that ends early says so', () => {
  const names = Array.from({ length: 40 }, (_, index) => `d${index}`);
  const candidates = Array.from({ length: 12 }, (_, index) =>
    location(`l${index}`, { available: { A: 3 }, priority: index * index }),
  );
  const { decided, contested, gap } = decide(
    names.map((name) => turn(name)),
    candidates,
    {},
  );
  expect(gap === null || gap > 0).toBe(true);
  expect(shortOf(decided)).toBe(4);
  expect(combine(decided, { contested, gap }).summary).toMatch(
    /not all divisions were tried|at most \d+\.\d % cheaper/,
  );
});

describe('whatever is there', () => {
  const ids = ['x', 'y', 'z'];
  const candidates = fc
    .tuple(...ids.map(() => fc.record({ A: fc.nat(3), B: fc.nat(3) })))
    .map((all) => all.map((available, index) => location(ids[index]!, { available, priority: index })));
  const names = fc.constantFrom(3, 6).map((count) => [null, 'a', 'b', 'c', 'd', 'e'].slice(0, count));
  const cases = names.chain((destinations) =>
    fc.record({
      candidates,
      turns: fc
        .tuple(
          ...destinations.map(() =>
            fc.record({ quantity: fc.integer({ min: 1, max: 3 }), sku: fc.constantFrom('A', 'B') }),
          ),
        )
        .map((all) => all.map(({ quantity, sku }, index) => turn(destinations[index]!, quantity, sku))),
      excluded: fc
        .tuple(...destinations.map(() => fc.subarray(ids, { maxLength: 2 })))
        .map((all) => Object.fromEntries(all.map((each, index) => [destinations[index] ?? '', each]))),
    }),
  );

  test('the order in which lines name their destinations changes nothing', () => {
    fc.assert(
      fc.property(cases, fc.nat(), ({ candidates: there, turns, excluded }, seed) => {
        const other = turns.map((_, index) => turns[(index + seed) % turns.length]!);
        expect(decide([...other].reverse(), there, excluded)).toEqual(decide(turns, there, excluded));
      }),
    );
  });

  test('no destination is short that would have been served in another turn, without somebody else being', () => {
    fc.assert(
      fc.property(cases, ({ candidates: there, turns, excluded }) => {
        fc.pre(turns.length <= 4);
        const { decided } = decide(turns, there, excluded);
        for (const first of decided.filter(({ decision }) => decision.short.length > 0)) {
          const turnOf = turns.find(({ destination }) => destination === first.destination)!;
          const rest = turns.filter((each) => each !== turnOf);
          // First of all it might have had more; then the others would lack at least as much.
          const alone = decide([turnOf], there, excluded).decided;
          const taken = withoutTaken(
            there,
            alone.map(({ decision }) => decision),
          );
          const others = decide(rest, taken, excluded).decided;
          expect(shortOf(decided)).toBeLessThanOrEqual(shortOf([...alone, ...others]));
        }
      }),
    );
  });

  test('nothing is given twice', () => {
    fc.assert(
      fc.property(cases, ({ candidates: there, turns, excluded }) => {
        const { decided } = decide(turns, there, excluded);
        const left = withoutTaken(
          there,
          decided.map(({ decision }) => decision),
        );
        for (const { available } of left)
          for (const pieces of Object.values(available)) expect(pieces).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
