import fc from 'fast-check';
import { createRandom } from '../../../bench/load/random';
import type { Filter, Scenario, Scores } from '../../../domain/rules/types';
import { source } from '../../../domain/sourcing/source';
import type { Candidate, SourcingDecision, SourcingRequest } from '../../../domain/sourcing/types';
import { location, randomRequest, requestOf, ruleSetOf, wideRequest } from './requests';

const seeds = fc.integer({ min: 1, max: 1_000_000_000 });
const requests = fc
  .tuple(seeds, fc.boolean())
  .map(([seed, isWide]) => (isWide ? wideRequest(seed) : randomRequest(seed)));

const locationsOf = ({ assignments }: SourcingDecision): string[] =>
  assignments.map(({ locationId }) => locationId).sort();
const suppliedBy = ({ assignments }: SourcingDecision): number =>
  assignments.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0);

/** The same request under a scenario that differs so. */
function under(request: SourcingRequest, more: Partial<Scenario>): SourcingRequest {
  const [scenario] = request.ruleSet!.scenarios;
  return { ...request, ruleSet: { ...request.ruleSet!, scenarios: [{ ...scenario!, ...more }] } };
}

const changing = (
  request: SourcingRequest,
  name: string,
  change: (candidate: Candidate) => Candidate,
): SourcingRequest => ({
  ...request,
  candidates: request.candidates.map((each) => (each.name === name ? change(each) : each)),
});

test('what came next lacks a location of the choice', () => {
  // In these two the choice itself had come out as what came next.
  for (const seed of [834, 3230]) {
    const decision = source(randomRequest(seed));
    const next = decision.runnerUp!.locationIds;
    expect({ seed, lacking: locationsOf(decision).filter((id) => !next.includes(id)) }).toEqual({
      seed,
      lacking: [expect.any(String)],
    });
  }
});

describe('what would have made the runner-up win', () => {
  const shipping =
    /shipping from (Location \w+)(?: with \w+ (\w+))? (?:below ([\d.]+) EUR|at ([\d.]+) EUR or less)/g;

  test('makes it win indeed where shipping is that much cheaper, and not where it is a cent dearer', () => {
    let tried = 0;
    const check = (request: SourcingRequest): void => {
      const { runnerUp } = source(request);
      for (const [, name, service, below, atMost] of runnerUp?.wouldWinIf.matchAll(shipping) ?? []) {
        const highest = Math.round(Number(below ?? atMost) * 100) - (below === undefined ? 0 : 1);
        const winnerAt = (base: number): string[] =>
          locationsOf(
            source(
              changing(request, name!, (candidate) => ({
                ...candidate,
                quotes: candidate.quotes!.map((quote) =>
                  service === undefined || quote.service === service ? { ...quote, base } : quote,
                ),
              })),
            ),
          );
        expect(winnerAt(highest)).toEqual([...runnerUp!.locationIds].sort());
        expect(winnerAt(highest + 1)).not.toEqual([...runnerUp!.locationIds].sort());
        tried += 1;
      }
    };
    fc.assert(fc.property(requests, check), { numRuns: 400 });
    expect(tried).toBeGreaterThan(20);
  });

  test('names no price where the two are alike in all else, and either may win at the same cost', () => {
    const { runnerUp, assignments } = source(randomRequest(664712165));
    expect([assignments.map(({ locationId }) => locationId), runnerUp!.locationIds]).toEqual([
      ['loc3', 'loc5'],
      ['loc2', 'loc6'],
    ]);
    expect(runnerUp!.wouldWinIf).toBe('it were more than 0.36 EUR cheaper');
  });

  test('is told of one that is nearer, to the kilometre', () => {
    // On one meridian, at whole kilometres from the customer.
    const kmOfDegree = (2 * Math.PI * 6371) / 360;
    const at = (km: number) => ({ lat: km / kmOfDegree, lng: 0 });
    const shops = (near: number, far: number): Candidate[] => [
      location('a', { name: 'A', available: { X: 1 }, point: at(near) }),
      location('b', { name: 'B', available: { X: 1 }, point: at(far), priority: 0 }),
    ];
    const decide = (near: number, far: number, priority: number): SourcingDecision =>
      source(
        requestOf({
          destination: { country: 'IT', point: at(0) },
          lines: [{ lineId: 'l', sku: 'X', quantity: 1 }],
          candidates: shops(near, far),
          ruleSet: ruleSetOf({ scores: { perKm: 0.5, priority } }),
        }),
      );
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 500 }), fc.integer({ min: 1, max: 300 }), (near, more) => {
        const decision = decide(near, near + more, 0);
        const km = Number(/B nearer than (\d+) km/.exec(decision.runnerUp!.wouldWinIf)![1]);
        expect(locationsOf(decide(near, km - 1, 0))).toEqual(['b']);
        expect(locationsOf(decide(near, km, 0))).toEqual(['a']);
      }),
      { numRuns: 100 },
    );
  });

  test('names parts of a cent, and who wins at the same cost', () => {
    const shops = (priority: number) => [
      location('a', { available: { X: 1 }, pickCost: 10, priority: 5 }),
      location('b', { available: { X: 1 }, pickCost: 11, priority }),
    ];
    const told = (priority: number, pickCost: number): string =>
      source(
        requestOf({
          lines: [{ lineId: 'l', sku: 'X', quantity: 1 }],
          candidates: shops(priority),
          ruleSet: ruleSetOf({ scores: { pickCost } }),
        }),
      ).runnerUp!.wouldWinIf;
    expect(told(6, 0.4)).toBe('it were more than 0.004 EUR cheaper');
    expect(told(4, 30)).toBe('it were at least 0.30 EUR cheaper');
    expect(told(6, 0)).toBe('the priorities of its locations were together more than 1 lower');
  });

  test('names no change of one location that would best be used beside what was chosen', () => {
    const quotes = (base: number) => [{ carrier: 'c', service: 's', base, perKg: 0, transitDays: 1 }];
    const decision = source(
      requestOf({
        lines: [{ lineId: 'l', sku: 'X', quantity: 10 }],
        candidates: [
          location('a', { available: { X: 10 }, quotes: quotes(100), pickCost: 100 }),
          location('b', { available: { X: 9 }, quotes: quotes(1000), pickCost: 0 }),
          location('c', { available: { X: 1 }, quotes: quotes(100), pickCost: 200 }),
        ],
        ruleSet: ruleSetOf({ scores: { shippingCost: 1, pickCost: 1 } }),
      }),
    );
    expect(locationsOf(decision)).toEqual(['a']);
    expect(decision.runnerUp).toMatchObject({ locationIds: ['b', 'c'] });
    expect(decision.runnerUp!.wouldWinIf).not.toMatch(/Location b/);
  });
});

describe('who was not chosen hears why', () => {
  const quotes = (base: number, service = 's') => [{ carrier: 'c', service, base, perKg: 0, transitDays: 1 }];
  const decide = (
    candidates: Candidate[],
    quantity: number,
    scenario: Partial<Scenario>,
    more: Partial<SourcingRequest> = {},
  ): SourcingDecision =>
    source(
      requestOf({
        lines: [{ lineId: 'l', sku: 'X', quantity }],
        candidates,
        ruleSet: ruleSetOf(scenario),
        ...more,
      }),
    );
  const reasonsOf = ({ candidates }: SourcingDecision, id: string): string =>
    candidates.find(({ locationId }) => locationId === id)!.reasons.join('; ');
  const has = (id: string, X: number, more: Partial<Candidate> = {}): Candidate =>
    location(id, { available: { X }, ...more });

  test('because the customer chose', () => {
    const shops = [has('dear', 2, { quotes: quotes(900) }), has('cheap', 2, { quotes: quotes(100, 'slow') })];
    const chosen = (preference: SourcingRequest['preference']): string =>
      reasonsOf(
        decide(shops, 2, { decides: 'customer', scores: { shippingCost: 1 } }, { preference }),
        'cheap',
      );
    expect(chosen({ locationId: 'dear' })).toMatch(/^the customer chose another location/);
    expect(chosen({ service: { carrier: 'c', service: 's' } })).toMatch(
      /^cannot send with the service that the customer chose/,
    );
  });

  test('because of a list, of which the costs are told in full', () => {
    const shops = [has('a', 2), has('b', 2), has('c', 2)];
    const listed = decide(shops, 2, {
      decides: 'configured',
      order: ['b', 'a'],
      scores: { perKm: 1, perSplit: 4 },
    });
    expect(reasonsOf(listed, 'a')).toBe('locations that come before it in the list supply all that it has');
    expect(reasonsOf(listed, 'c')).toBe('is not on the list of locations that are asked');
    expect(listed.cost!.total).toBe(listed.candidates[1]!.cost!.total);
    const nobody = decide(shops, 3, { decides: 'configured', order: ['a'], allocation: { split: 'never' } });
    expect(reasonsOf(nobody, 'b')).toBe('is not on the list of locations that are asked');
    const whole = decide([has('a', 1), has('b', 2)], 2, {
      ...{ decides: 'configured', order: ['a', 'b'] },
      allocation: { split: 'never' },
    });
    expect(reasonsOf(whole, 'a')).toBe('has only 1 of 2 pieces, and the order must not be split');
  });

  test('because of what the order asks for, not the rules', () => {
    const allocation = { split: 'allow' as const, respectPreference: true };
    const waits = decide([has('a', 1), has('b', 1)], 2, { allocation }, { preference: { split: 'never' } });
    expect(reasonsOf(waits, 'a')).toBe('no location has the whole order, and it must not be split');
    const few = decide([has('a', 1), has('b', 1)], 2, {
      allocation: { split: 'allow', shipComplete: true, maxLocations: 1 },
    });
    expect(reasonsOf(few, 'a')).toBe('no location has everything, and nothing is sent before all is');
  });

  test('because of its id alone, or of its cost where nobody has all', () => {
    expect(reasonsOf(decide([has('a', 1), has('b', 1)], 1, {}), 'b')).toBe(
      'as near as what was chosen and of the same priority, but comes after it by its id',
    );
    const short = decide([has('a', 2, { pickCost: 1 }), has('b', 2, { pickCost: 2 })], 3, {
      ...{ scores: { pickCost: 1 }, allocation: { split: 'allow', maxLocations: 1 } },
    });
    expect(reasonsOf(short, 'b')).toBe('no set with it that supplies as many pieces costs less');
  });
});

describe('filters', () => {
  const filters: readonly Filter[] = [
    { maxDistanceKm: 200 },
    { priorityAtMost: 1 },
    { capacityLeft: true },
    { shipsWithinDays: 1 },
    { backlogBelow: 3 },
    { keepsPromise: true },
    { locationNotIn: ['loc0', 'loc3'] },
  ];

  test('each that is told speaks against the location by itself, and no other does', () => {
    const chosen = fc.subarray([...filters], { minLength: 1 });
    fc.assert(
      fc.property(seeds.map(wideRequest), chosen, (request, of) => {
        const standing = source(under(request, { filters: [] })).candidates;
        source(under(request, { filters: of })).candidates.forEach(({ outcome, reasons }, at) => {
          const always = standing[at]!.outcome === 'filtered' ? standing[at]!.reasons : [];
          const alone = of.flatMap((filter) => {
            const only = source(under(request, { filters: [filter] })).candidates[at]!;
            return only.outcome === 'filtered'
              ? only.reasons.filter((reason) => !always.includes(reason))
              : [];
          });
          if (outcome === 'filtered') expect([...reasons].sort()).toEqual([...always, ...alone].sort());
          else expect(alone).toEqual([]);
        });
      }),
      { numRuns: 60 },
    );
  });

  test.each<[keyof never | string, RegExp, (figure: number) => Filter, number]>([
    ['maxDistanceKm', /is (\d+) km away/, (figure) => ({ maxDistanceKm: figure }), 0],
    ['priorityAtMost', /has priority (\d+),/, (figure) => ({ priorityAtMost: figure }), 0],
    ['backlogBelow', /has a backlog of (\d+),/, (figure) => ({ backlogBelow: figure }), 1],
    ['shipsWithinDays', /, in (\d+) days/, (figure) => ({ shipsWithinDays: figure }), 0],
  ])('%s: the figure that is told is the border', (_, told, filterOf, more) => {
    let found = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const request = wideRequest(seed);
      source(under(request, { filters: [filterOf(0)] })).candidates.forEach(({ reasons }, at) => {
        const figure = told.exec(reasons.join('; '))?.[1];
        if (figure === undefined) return;
        found += 1;
        const reasonsAt = (border: number): string =>
          source(under(request, { filters: [filterOf(border)] })).candidates[at]!.reasons.join('; ');
        expect(reasonsAt(Number(figure) + more)).not.toMatch(told);
        expect(reasonsAt(Number(figure) + more - 1)).toMatch(told);
      });
    }
    expect(found).toBeGreaterThan(20);
  });
});

describe('the optimum', () => {
  const shuffled = <Item>(all: readonly Item[], seed: number): Item[] => {
    const random = createRandom(seed);
    return all
      .map((each) => ({ at: random(), each }))
      .sort((a, b) => a.at - b.at)
      .map(({ each }) => each);
  };
  const bySku = (decision: SourcingDecision): Record<string, number> => {
    const pieces: Record<string, number> = {};
    for (const { locationId, service, lines } of decision.assignments)
      for (const { sku, quantity } of lines) {
        const key = `${locationId} ${service?.service} ${sku}`;
        pieces[key] = (pieces[key] ?? 0) + quantity;
      }
    return pieces;
  };

  test('depends on the order of neither candidates nor lines', () => {
    fc.assert(
      fc.property(requests, seeds, (request, seed) => {
        const decision = source(request);
        const order = request.order!;
        const other = source({
          ...request,
          candidates: shuffled(request.candidates, seed),
          lines: shuffled(request.lines, seed),
          order: { ...order, lines: shuffled(order.lines, seed) },
        });
        expect(bySku(other)).toEqual(bySku(decision));
        expect(other.cost).toEqual(decision.cost);
        expect(other.runnerUp).toEqual(decision.runnerUp);
        const next = decision.runnerUp?.locationIds;
        if (next) expect(locationsOf(decision).every((id) => next.includes(id))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('has never more of what weighs more', () => {
    const weights = [
      'perSplit',
      'shippingCost',
      'perDay',
      'perDayLate',
      'perKm',
      'load',
      'priority',
    ] as const;
    const piecewise = ['pickCost', 'stockAge', 'overstock'] as const;
    fc.assert(
      fc.property(
        seeds,
        fc.constantFrom(...weights, ...piecewise),
        fc.integer({ min: 1, max: 400 }),
        (seed, score, more) => {
          const request = wideRequest(seed);
          // What quotes weigh is asked for on both sides, or a location without one would cost nothing.
          const before: Scores = { ...request.ruleSet!.scenarios[0]!.scores, shippingCost: 1, perDay: 50 };
          before[score] = Math.max(1, before[score] ?? 0);
          const after = { ...before, [score]: before[score]! + more };
          const measure = (scores: Scores): number =>
            (source(under(request, { scores })).cost?.parts[score] ?? 0) / scores[score]!;
          expect(measure(after)).toBeLessThanOrEqual(measure(before) + 0.001);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('is never dearer with one location more', () => {
    fc.assert(
      fc.property(requests, fc.nat(), (request, which) => {
        const without = request.candidates.filter((_, at) => at !== which % request.candidates.length);
        const [fewer, all] = [source({ ...request, candidates: without }), source(request)];
        expect(suppliedBy(all)).toBeGreaterThanOrEqual(suppliedBy(fewer));
        if (suppliedBy(all) === suppliedBy(fewer))
          expect(all.cost?.total ?? 0).toBeLessThanOrEqual(fewer.cost?.total ?? 0);
      }),
      { numRuns: 400 },
    );
  });
});
