import fc from 'fast-check';
import { distanceBetween } from '../../domain/sourcing/sight';
import { source } from '../../domain/sourcing/source';
import { sourcingStrategies, type Candidate, type SourcingRequest } from '../../domain/sourcing/types';

const skus = ['A', 'B', 'C'];
const cities = [
  { country: 'IT', point: { lat: 44.49, lng: 11.34 } },
  { country: 'IT', point: { lat: 46.5, lng: 11.35 } },
  { country: 'DE', point: { lat: 48.14, lng: 11.58 } },
  { country: 'FR', point: null },
  { country: 'IT', point: null },
];

const candidates = fc
  .uniqueArray(fc.integer({ min: 0, max: 19 }), { maxLength: 7 })
  .chain((ids) => fc.tuple(...ids.map((id) => candidate(`loc-${id}`))));

function candidate(locationId: string): fc.Arbitrary<Candidate> {
  return fc
    .record({
      locationId: fc.constant(locationId),
      name: fc.constant(`Location ${locationId}`),
      city: fc.constantFrom(...cities),
      capabilities: fc.constantFrom(['ship'], ['ship', 'pickup'], ['pickup', 'returns'], []),
      priority: fc.integer({ min: 0, max: 3 }),
      // Below zero: more was promised than is there, or safety stock was raised.
      available: fc.dictionary(fc.constantFrom(...skus), fc.integer({ min: -2, max: 6 })),
    })
    .map(({ city, ...rest }) => ({ ...rest, ...city }));
}

/** Several lines may ask for the same SKU. */
const lines = fc
  .array(fc.record({ sku: fc.constantFrom(...skus), quantity: fc.integer({ min: 1, max: 9 }) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((all) => all.map((line, index) => ({ lineId: `line-${index + 1}`, ...line })));

const requests: fc.Arbitrary<SourcingRequest> = fc.record({
  strategy: fc.constantFrom(...sourcingStrategies),
  mode: fc.constantFrom('ship' as const, 'pickup' as const),
  pickupLocationId: fc.option(fc.constantFrom('loc-1', 'loc-2', 'loc-3')),
  destination: fc.constantFrom(...cities),
  excluded: fc.subarray(['loc-4', 'loc-5', 'loc-6', 'loc-7']),
  lines,
  candidates,
});

const mayServe = (candidate: Candidate, request: SourcingRequest): boolean =>
  candidate.capabilities.includes(request.mode) &&
  !request.excluded.includes(candidate.locationId) &&
  (request.mode === 'ship' ||
    request.pickupLocationId === null ||
    request.pickupLocationId === candidate.locationId);

const availableOf = (candidate: Candidate, sku: string): number => Math.max(0, candidate.available[sku] ?? 0);

const sum = (numbers: readonly number[]): number => numbers.reduce((so, each) => so + each, 0);

const wanted = (request: SourcingRequest, sku: string): number =>
  sum(request.lines.filter((line) => line.sku === sku).map((line) => line.quantity));

describe('sourcing, whatever is asked and whatever is there', () => {
  test('never assigns more than a location has, nor more than a line asks for', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const assigned = source(request).assignments;
        for (const { locationId, lines: given } of assigned)
          for (const sku of skus) {
            const of = request.candidates.find((each) => each.locationId === locationId)!;
            const taken = sum(given.filter((line) => line.sku === sku).map((line) => line.quantity));
            expect(taken).toBeLessThanOrEqual(availableOf(of, sku));
          }
        for (const line of request.lines) {
          const given = assigned.flatMap((each) => each.lines).filter(({ lineId }) => lineId === line.lineId);
          expect(sum(given.map(({ quantity }) => quantity))).toBeLessThanOrEqual(line.quantity);
        }
      }),
    );
  });

  test('what is short is exactly what was asked for and not assigned', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const decision = source(request);
        for (const line of request.lines) {
          const of = (all: readonly { lineId: string; quantity: number }[]): number =>
            sum(all.filter(({ lineId }) => lineId === line.lineId).map(({ quantity }) => quantity));
          const given = of(decision.assignments.flatMap((each) => each.lines));
          expect({ line: line.lineId, pieces: given + of(decision.short) }).toEqual({
            line: line.lineId,
            pieces: line.quantity,
          });
        }
      }),
      { numRuns: 500 },
    );
  });

  test('is short only of what the locations that may supply do not have together', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const decision = source(request);
        const able = request.candidates.filter((each) => mayServe(each, request));
        for (const sku of skus) {
          const there = sum(able.map((each) => availableOf(each, sku)));
          const short = sum(decision.short.filter((line) => line.sku === sku).map((line) => line.quantity));
          expect(short).toBe(Math.max(0, wanted(request, sku) - there));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('asks nobody who cannot serve, refused before, or is not where the customer collects', () => {
    fc.assert(
      fc.property(requests, (request) => {
        for (const { locationId } of source(request).assignments)
          expect(
            mayServe(
              request.candidates.find((each) => each.locationId === locationId)!,
              request,
            ),
          ).toBe(true);
      }),
    );
  });

  test('says of every candidate why it won, lost or was not considered', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const decision = source(request);
        const chosen = decision.assignments.map((each) => each.locationId);
        expect(decision.candidates.map((each) => each.locationId)).toEqual(
          request.candidates.map((each) => each.locationId),
        );
        for (const verdict of decision.candidates) {
          expect(verdict.reasons.length).toBeGreaterThan(0);
          expect(verdict.reasons.every((reason) => reason.length > 0)).toBe(true);
          expect(verdict.outcome === 'chosen').toBe(chosen.includes(verdict.locationId));
        }
      }),
    );
  });

  test('decides the same again, and in whatever order the candidates come', () => {
    const shuffled = requests.chain((request) =>
      fc
        .shuffledSubarray([...request.candidates], { minLength: request.candidates.length })
        .map((order) => ({ request, other: { ...request, candidates: order } })),
    );
    fc.assert(
      fc.property(shuffled, ({ request, other }) => {
        const decision = source(request);
        expect(source(request)).toEqual(decision);
        const again = source(other);
        expect({ ...again, candidates: [] }).toEqual({ ...decision, candidates: [] });
        const byId = (all: typeof decision.candidates) =>
          [...all].sort((a, b) => (a.locationId < b.locationId ? -1 : 1));
        expect(byId(again.candidates)).toEqual(byId(decision.candidates));
      }),
    );
  });
});

describe('fewest splits, then nearest', () => {
  test('two lines of one SKU share what two locations have, and no piece is lost', () => {
    const place = (locationId: string): Candidate => ({
      locationId,
      name: locationId,
      country: 'IT',
      point: null,
      capabilities: ['ship'],
      priority: 1,
      available: { A: 3 },
    });
    const { assignments, short } = source({
      strategy: 'fewestSplitsThenNearest',
      mode: 'ship',
      pickupLocationId: null,
      destination: { country: 'IT', point: null },
      excluded: [],
      lines: [
        { lineId: 'line-1', sku: 'A', quantity: 2 },
        { lineId: 'line-2', sku: 'A', quantity: 4 },
      ],
      candidates: [place('north'), place('south')],
    });
    expect(sum(assignments.flatMap((each) => each.lines).map(({ quantity }) => quantity))).toBe(6);
    expect(short).toEqual([]);
  });

  const remoteness = (candidate: Candidate, request: SourcingRequest): number =>
    distanceBetween(candidate.point, request.destination.point) ??
    (candidate.country === request.destination.country ? 500 : 2000);

  /** Every set of candidates that supplies all that can be supplied: how many they are, how far, how unwanted. */
  function cheapest(request: SourcingRequest): number[] {
    const able = request.candidates.filter((each) => mayServe(each, request));
    const supplies = (set: readonly Candidate[], sku: string): number =>
      Math.min(wanted(request, sku), sum(set.map((each) => availableOf(each, sku))));
    const costs: number[][] = [];
    for (let mask = 0; mask < 2 ** able.length; mask += 1) {
      const set = able.filter((_, index) => mask & (1 << index));
      if (!skus.every((sku) => supplies(set, sku) === supplies(able, sku))) continue;
      costs.push([
        set.length,
        sum(set.map((each) => remoteness(each, request))),
        sum(set.map((each) => each.priority)),
      ]);
    }
    return costs.sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!)[0]!;
  }

  test('agrees with trying out every set of locations', () => {
    const small = requests.map((request) => ({ ...request, strategy: 'fewestSplitsThenNearest' as const }));
    fc.assert(
      fc.property(small, (request) => {
        const best = cheapest(request);
        const chosen = source(request).assignments.map(({ locationId }) =>
          request.candidates.find((each) => each.locationId === locationId)!,
        );
        const cost = [
          chosen.length,
          sum(chosen.map((each) => remoteness(each, request))),
          sum(chosen.map((each) => each.priority)),
        ];
        expect(cost).toEqual(best);
      }),
      { numRuns: 1000 },
    );
  });
});
