import type { Filter, Scenario } from '../../../domain/rules/types';
import { source } from '../../../domain/sourcing/source';
import type { Candidate, SourcingRequest } from '../../../domain/sourcing/types';
import { location, randomRequest, requestOf, ruleSetOf } from './requests';

const quote = (base: number, more = {}) => ({
  carrier: 'dhl',
  service: 'parcel',
  base,
  perKg: 0,
  transitDays: 1,
  ...more,
});

const decide = (
  candidates: Candidate[],
  lines: [sku: string, quantity: number][],
  scenario: Partial<Scenario>,
  more: Partial<SourcingRequest> = {},
) =>
  source(
    requestOf({
      candidates,
      lines: lines.map(([sku, quantity], index) => ({ lineId: `l${index}`, sku, quantity })),
      ruleSet: ruleSetOf(scenario),
      ...more,
    }),
  );

const chosenBy = (decision: ReturnType<typeof source>): string[] =>
  decision.assignments.map(({ locationId }) => locationId);

describe('filters', () => {
  const bolzano = { point: { lat: 46.5, lng: 11.35 } };
  test.each<[Filter, Partial<Candidate>, string | null]>([
    [{ locationType: ['store'] }, { type: 'store' }, null],
    [{ locationType: ['store'] }, { type: 'warehouse' }, 'is of type "warehouse", not store'],
    [{ locationIn: ['x'] }, {}, 'is not among the locations asked'],
    [{ locationNotIn: ['here'] }, {}, 'is among the locations left out'],
    [{ country: 'same' }, { country: 'DE' }, "is in DE, not in the destination's country"],
    [{ country: 'other' }, {}, "is in the destination's country"],
    [{ country: ['AT'] }, {}, 'is in IT, not in AT'],
    [{ maxDistanceKm: 100 }, bolzano, null],
    [{ maxDistanceKm: 100 }, {}, 'its distance is not known'],
    [{ maxDistanceKm: 100 }, { point: { lat: 41.9, lng: 12.5 } }, 'is 520 km away, more than 100'],
    [{ priorityAtMost: 5 }, { priority: 6 }, 'has priority 6, beyond 5'],
    [{ capacityLeft: true }, { capacityPerDay: 9, usedToday: 8 }, null],
    [{ capacityLeft: true }, { capacityPerDay: 9, usedToday: 9 }, "has used 9 of 9 of today's capacity"],
    [{ shipsWithinDays: 0 }, { shipping: { shipsOn: '2026-03-02' } }, null],
    [
      { shipsWithinDays: 0 },
      { shipping: { shipsOn: '2026-03-03' } },
      'ships on Tuesday 3 March 2026, in 1 days, not within 0',
    ],
    [{ shipsWithinDays: 9 }, { shipping: 'closed' }, 'is closed'],
    [{ hasTag: ['cold'] }, { tags: ['dry'] }, 'is not tagged cold'],
    [{ hasNoTag: ['dry'] }, { tags: ['dry'] }, 'is tagged dry'],
    [{ hazardAllowed: true }, {}, 'may not handle hazardous goods'],
    [{ hazardAllowed: true }, { hazardAllowed: true }, null],
    [{ carriesSku: true }, { carries: { A: false } }, 'does not carry A'],
    [{ backlogBelow: 3 }, { backlog: 3 }, 'has a backlog of 3, not below 3'],
  ])('%j on %j says %s', (filter, candidate, reason) => {
    const here = location('here', { available: { A: 1 }, ...candidate });
    const decision = decide(
      [here],
      [['A', 1]],
      { filters: [filter] },
      {
        today: '2026-03-02',
        destination: { country: 'IT', point: { lat: 46.5, lng: 11.3 } },
        order: {
          mode: 'ship',
          country: 'IT',
          lines: [{ lineId: 'l0', sku: 'A', quantity: 1, hazard: true }],
        },
      },
    );
    if (reason === null) expect(chosenBy(decision)).toEqual(['here']);
    else expect(decision.candidates[0]).toMatchObject({ outcome: 'filtered', reasons: [reason] });
  });
});

describe('allocation', () => {
  const halves = [
    location('north', { available: { A: 2, B: 0 }, quotes: [quote(500)] }),
    location('south', { available: { A: 2, B: 2 }, quotes: [quote(700)] }),
  ];

  test('never: all from one location, or all waits', () => {
    const allocation = { split: 'never' as const };
    expect(
      chosenBy(
        decide(
          halves,
          [
            ['A', 2],
            ['B', 1],
          ],
          { allocation },
        ),
      ),
    ).toEqual(['south']);
    const waits = decide(halves, [['A', 3]], { allocation });
    expect(waits.assignments).toEqual([]);
    expect(waits.short).toEqual([{ lineId: 'l0', sku: 'A', quantity: 3 }]);
    expect(waits.onShortage).toEqual({ then: 'backorder' });
  });

  test('by line: the order is divided, a line is not', () => {
    const allocation = { split: 'byLine' as const };
    const decision = decide(
      halves,
      [
        ['A', 2],
        ['A', 2],
        ['B', 1],
      ],
      { allocation },
    );
    expect(decision.short).toEqual([]);
    for (const { lines } of decision.assignments)
      for (const line of lines) expect(line.quantity).toBe(line.lineId === 'l2' ? 1 : 2);
    expect(decide(halves, [['A', 3]], { allocation }).short).toHaveLength(1);
  });

  test('ship complete: nothing is supplied before all of it can be', () => {
    const decision = decide(
      halves,
      [
        ['A', 2],
        ['B', 9],
      ],
      { allocation: { split: 'allow', shipComplete: true } },
    );
    expect(decision.assignments).toEqual([]);
    expect(decision.short).toHaveLength(2);
  });

  test('at most so many locations: as many pieces as they have', () => {
    const decision = decide(
      halves,
      [
        ['A', 4],
        ['B', 2],
      ],
      { allocation: { split: 'allow', maxLocations: 1 } },
    );
    expect(chosenBy(decision)).toEqual(['south']);
    expect(decision.short).toEqual([{ lineId: 'l0', sku: 'A', quantity: 2 }]);
  });

  test('what the order asks for goes first, where the scenario respects it', () => {
    const preference = { split: 'never' as const };
    const asked = (respectPreference: boolean) =>
      decide(halves, [['A', 4]], { allocation: { split: 'allow', respectPreference } }, { preference });
    expect(asked(true).assignments).toEqual([]);
    expect(asked(false).assignments).toHaveLength(2);
  });
});

describe('who decides', () => {
  const shops = [
    location('dear', { available: { A: 5 }, quotes: [quote(900)], priority: 1 }),
    location('cheap', {
      available: { A: 3 },
      quotes: [quote(300), quote(200, { service: 'slow' })],
      priority: 2,
    }),
  ];
  const scores = { shippingCost: 1 };

  test('software: the least cost, with its service', () => {
    const decision = decide(shops, [['A', 3]], { scores });
    expect(decision.assignments).toMatchObject([{ locationId: 'cheap', service: { service: 'slow' } }]);
    expect(decision.cost).toMatchObject({
      total: 200_000,
      parts: { shippingCost: 200_000 },
      currency: 'EUR',
    });
  });

  test('the customer, where the chosen location can supply everything', () => {
    const preference = { locationId: 'dear' };
    expect(chosenBy(decide(shops, [['A', 3]], { scores, decides: 'customer' }, { preference }))).toEqual([
      'dear',
    ]);
    const other = decide(
      shops,
      [['A', 5]],
      { scores, decides: 'customer' },
      { preference: { locationId: 'cheap' } },
    );
    expect(other.decidedBy).toEqual({
      who: 'software',
      because: 'cheap cannot supply everything as the customer chose: the least cost decides',
    });
  });

  test('a service that the customer chose is the one reckoned with', () => {
    const preference = { service: { carrier: 'dhl', service: 'parcel' } };
    const decision = decide(shops, [['A', 3]], { scores, decides: 'customer' }, { preference });
    expect(decision.assignments).toMatchObject([{ locationId: 'cheap', service: { service: 'parcel' } }]);
  });

  test('a list, from first to last; who is not on it is not asked', () => {
    const order = ['cheap', 'dear'];
    const decision = decide(shops, [['A', 7]], { decides: 'configured', order });
    expect(decision.assignments.map(({ lines }) => lines[0]!.quantity)).toEqual([3, 4]);
    expect(chosenBy(decide(shops, [['A', 7]], { decides: 'configured', order: ['dear'] }))).toEqual(['dear']);
  });
});

describe('quotes', () => {
  const shops = [
    location('quoted', { available: { A: 5 }, quotes: [quote(900, { perKg: 100, transitDays: 2 })] }),
    location('bare', { available: { A: 9 }, quotes: [], priority: 0 }),
  ];
  const reasonsOf = (decision: ReturnType<typeof source>, id: string) =>
    decision.candidates.find(({ locationId }) => locationId === id)!.reasons.join('; ');

  test('no location is cheap because no tariff covers the way from it', () => {
    const decision = decide(shops, [['A', 5]], { scores: { shippingCost: 1 } });
    expect(chosenBy(decision)).toEqual(['quoted']);
    expect(reasonsOf(decision, 'bare')).toMatch(/no tariff covers the way from it/);
    expect(decision.candidates[1]!.cost!.parts).toEqual({ withoutTariff: 100_000_000 });
    expect(reasonsOf(decision, 'quoted')).toMatch(
      /ships with dhl parcel: 9.00 EUR and 1.00 EUR for each kg, 2 days at most/,
    );
  });

  test('it is a last resort, or costs what the rules say', () => {
    const last = decide(shops, [['A', 6]], { scores: { shippingCost: 1, perSplit: 200_000 } });
    expect(last.assignments).toEqual([
      { locationId: 'bare', lines: [{ lineId: 'l0', sku: 'A', quantity: 6 }] },
    ]);
    const said = decide(shops, [['A', 5]], { scores: { perDay: 50, withoutTariff: 99 } });
    expect(chosenBy(said)).toEqual(['bare']);
    expect(said.cost).toMatchObject({ total: 99_000, parts: { withoutTariff: 99_000 } });
  });

  test('no service is chosen where neither its cost nor its days count', () => {
    const decision = decide(shops, [['A', 14]], { scores: { perSplit: 1 } });
    expect(decision.assignments.map(({ service }) => service)).toEqual([undefined, undefined]);
    expect(reasonsOf(decision, 'bare')).not.toMatch(/tariff/);
  });
});

describe('explanation', () => {
  const shops = [
    location('near', { available: { A: 1 }, quotes: [quote(500)] }),
    location('far', { available: { A: 1 }, quotes: [quote(620)] }),
  ];

  test('tells what came next and what would have made it win', () => {
    const { runnerUp } = decide(shops, [['A', 1]], { scores: { shippingCost: 1 } });
    expect(runnerUp).toMatchObject({ locationIds: ['far'], dearerBy: 120_000, isProven: true });
    expect(runnerUp?.wouldWinIf).toBe(
      'it were at least 1.20 EUR cheaper, such as shipping from Location far at 5.00 EUR or less',
    );
  });

  test('has no runner-up where every location is needed', () => {
    expect(decide(shops, [['A', 2]], { scores: { shippingCost: 1 } }).runnerUp).toBeNull();
  });

  test('would have won indeed, with what it says it lacked', () => {
    const [near, far] = shops;
    const chosenAt = (base: number): string[] =>
      chosenBy(
        decide([near!, { ...far!, quotes: [quote(base)] }], [['A', 1]], { scores: { shippingCost: 1 } }),
      );
    expect(chosenAt(499)).toEqual(['far']);
    // At the same cost and as near, it comes first by its id.
    expect(chosenAt(500)).toEqual(['far']);
    expect(chosenAt(501)).toEqual(['near']);
  });

  test('the parts of a cost make the whole, and no runner-up is better than the choice', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const { cost, runnerUp, candidates } = source(randomRequest(seed));
      const costs = [cost, runnerUp?.cost, ...candidates.map((each) => each.cost)].filter((each) => each);
      for (const each of costs)
        expect(Object.values(each!.parts).reduce((sum, part) => sum + part, 0)).toBe(each!.total);
      if (runnerUp) expect(runnerUp.dearerBy).toBeGreaterThanOrEqual(0);
    }
  });

  test('a candidate that changes nothing for the better changes nothing', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const request = randomRequest(seed);
      const { assignments, cost } = source(request);
      const chosen = new Set(assignments.map(({ locationId }) => locationId));
      const rest = request.candidates.filter(({ locationId }) => chosen.has(locationId));
      expect(source({ ...request, candidates: rest }).cost?.total).toBe(cost?.total);
    }
  });
});

describe('an order that must leave together', () => {
  const together: Partial<Scenario> = { allocation: { split: 'allow', shipComplete: true } };
  const places = [location('a', { available: { X: 1, Y: 0 } }), location('b', { available: { X: 0, Y: 1 } })];
  const lines: [string, number][] = [
    ['X', 1],
    ['Y', 2],
  ];

  test('is given nothing, or has what is there set aside', () => {
    const nothing = decide(places, lines, together);
    expect(nothing).toMatchObject({ assignments: [], short: [{ quantity: 1 }, { quantity: 2 }] });
    expect(nothing.waitsTogether).toBeUndefined();
    const aside = decide(places, lines, together, { setsAside: true });
    expect(aside).toMatchObject({ waitsTogether: true, short: [{ sku: 'Y', quantity: 1 }] });
    expect(chosenBy(aside)).toEqual(['a', 'b']);
    expect(aside.summary).toBe(
      'Supplied by Location a and Location b; 1 piece waits for stock; nothing leaves before all is there.',
    );
  });

  test('asks for it itself, which counts where the rules respect it', () => {
    const preference = { shipComplete: true };
    const asked = (respectPreference: boolean) =>
      decide(
        places,
        lines,
        { allocation: { split: 'allow', respectPreference } },
        { preference, setsAside: true },
      );
    expect(asked(false).waitsTogether).toBeUndefined();
    expect(asked(true).waitsTogether).toBe(true);
    const never = { split: 'never' as const };
    const undivided = decide(
      places,
      lines,
      { allocation: { split: 'allow', respectPreference: true } },
      { preference: never },
    );
    expect(undivided.assignments).toEqual([]);
  });

  test('does not wait for what is cancelled, nor when all is there', () => {
    const cancelled = decide(
      places,
      lines,
      { ...together, onShortage: { then: 'cancel' } },
      { setsAside: true },
    );
    expect(cancelled.waitsTogether).toBeUndefined();
    expect(decide(places, [['X', 1]], together, { setsAside: true }).waitsTogether).toBeUndefined();
  });
});
