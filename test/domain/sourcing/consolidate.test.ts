import fc from 'fast-check';
import type { Filter, Scenario, SplitRule } from '../../../domain/rules/types';
import { consolidate } from '../../../domain/sourcing/consolidate';
import { source } from '../../../domain/sourcing/source';
import type { Candidate, SourcingDecision, SourcingRequest } from '../../../domain/sourcing/types';
import { location, requestOf, ruleSetOf } from './requests';

const skus = ['A', 'B'];
const ids = ['a', 'b', 'c', 'd'];

const candidate = (locationId: string): fc.Arbitrary<Candidate> =>
  fc
    .record({
      type: fc.constantFrom(
        'warehouse' as const,
        'warehouse' as const,
        'store' as const,
        'supplier' as const,
      ),
      priority: fc.nat(2),
      capabilities: fc.constantFrom(['ship'], ['ship'], ['pickup']),
      available: fc.dictionary(fc.constantFrom(...skus), fc.integer({ min: -1, max: 5 })),
    })
    .map((more) => location(locationId, more));

interface Case {
  request: SourcingRequest;
  scenario: Scenario;
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    candidates: fc.tuple(...ids.map(candidate)),
    lines: fc.array(fc.record({ sku: fc.constantFrom(...skus), quantity: fc.integer({ min: 1, max: 6 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
    excluded: fc.subarray(ids, { maxLength: 1 }),
    split: fc.constantFrom<SplitRule>('allow', 'never', 'byLine', 'consolidate'),
    filters: fc.constantFrom<Filter[]>([], [{ locationType: ['warehouse'] }], [{ locationNotIn: ['a'] }]),
  })
  .map(({ candidates, lines, excluded, split, filters }) => {
    const then = split === 'consolidate' ? 'backorder' : 'waitForTransfer';
    const ruleSet = ruleSetOf({ filters, allocation: { split }, onShortage: { then } });
    const demand = lines.map((line, index) => ({ lineId: `l${index}`, ...line }));
    return {
      request: requestOf({ candidates, lines: demand, excluded, ruleSet, setsAside: true }),
      scenario: ruleSet.scenarios[0]!,
    };
  });

const collected = ({ request, scenario }: Case): { before: SourcingDecision; after: SourcingDecision } => {
  const before = source(request);
  return { before, after: consolidate(before, request, scenario) };
};

const sum = (figures: readonly number[]): number => figures.reduce((so, each) => so + each, 0);
const piecesOf = (lines: readonly { sku: string; quantity: number }[], sku: string): number =>
  sum(lines.filter((line) => line.sku === sku).map(({ quantity }) => quantity));
const assignedAt = ({ assignments }: SourcingDecision, at: string, sku: string): number =>
  piecesOf(
    assignments.filter(({ locationId }) => locationId === at).flatMap(({ lines }) => lines),
    sku,
  );
const sentFrom = ({ consolidation }: SourcingDecision, from: string, sku: string): number =>
  piecesOf(
    (consolidation?.transfers ?? [])
      .filter(({ fromLocationId }) => fromLocationId === from)
      .flatMap(({ lines }) => lines),
    sku,
  );

/** Of what a location has, what neither was given out there nor is sent from there. */
const leftAt = (decision: SourcingDecision, { locationId, available }: Candidate, sku: string): number =>
  Math.max(0, available[sku] ?? 0) -
  assignedAt(decision, locationId, sku) -
  sentFrom(decision, locationId, sku);

describe('what one location collects', () => {
  test('with what waits is what each line asked for, and no place gives more than it has', () => {
    fc.assert(
      fc.property(cases, (each) => {
        const { after } = collected(each);
        for (const { lineId, quantity } of each.request.lines) {
          const given = [...after.assignments.flatMap(({ lines }) => lines), ...after.short];
          expect(sum(given.filter((line) => line.lineId === lineId).map((line) => line.quantity))).toBe(
            quantity,
          );
        }
        for (const place of each.request.candidates)
          for (const sku of skus) expect(leftAt(after, place, sku)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('is sent for what is short and nothing else, and all of that which anybody may send', () => {
    fc.assert(
      fc.property(cases, (each) => {
        const { after } = collected(each);
        if (!after.consolidation) return;
        const { toLocationId, transfers } = after.consolidation;
        const mayNotSend = ({ locationId, type }: Candidate): boolean =>
          locationId === toLocationId || type === 'supplier' || each.request.excluded.includes(locationId);
        for (const sku of skus) {
          const short = piecesOf(after.short, sku);
          const sent = sum(ids.map((from) => sentFrom(after, from, sku)));
          const left = each.request.candidates.filter((place) => !mayNotSend(place));
          expect(sent).toBeLessThanOrEqual(short);
          if (sent < short) expect(sum(left.map((place) => leftAt(after, place, sku)))).toBe(0);
        }
        const from = transfers.map(({ fromLocationId }) => fromLocationId);
        expect(new Set(from).size).toBe(from.length);
        for (const place of each.request.candidates.filter(mayNotSend))
          expect(from).not.toContain(place.locationId);
        for (const { lines } of transfers) expect(lines.every(({ quantity }) => quantity > 0)).toBe(true);
      }),
    );
  });

  test('goes to a place that may supply the order, which gives what it has first', () => {
    fc.assert(
      fc.property(cases, (each) => {
        const { after } = collected(each);
        if (!after.consolidation) return;
        const { request, scenario } = each;
        const hub = request.candidates.find(
          ({ locationId }) => locationId === after.consolidation!.toLocationId,
        )!;
        expect(hub.capabilities).toContain('ship');
        expect(request.excluded).not.toContain(hub.locationId);
        expect(hub.type).not.toBe('supplier');
        for (const filter of scenario.filters) {
          if ('locationType' in filter) expect(filter.locationType).toContain(hub.type);
          if ('locationNotIn' in filter) expect(filter.locationNotIn).not.toContain(hub.locationId);
        }
        for (const { sku } of after.short) expect(leftAt(after, hub, sku)).toBe(0);
      }),
    );
  });

  test('leaves from that place alone where the order must not be divided, and waits together', () => {
    fc.assert(
      fc.property(cases, (each) => {
        const { after } = collected(each);
        if (!after.consolidation) return;
        const { split, shipComplete } = each.scenario.allocation;
        expect(after.waitsTogether === true).toBe(split !== 'allow' && shipComplete === true);
        expect(after.leavesAsOne === true).toBe(split !== 'allow' && shipComplete !== true);
        if (split === 'never' || split === 'consolidate')
          expect(after.assignments.map(({ locationId }) => locationId)).toEqual(
            after.assignments.length === 0 ? [] : [after.consolidation.toLocationId],
          );
      }),
    );
  });

  test('is the same in whatever order the places come, and nothing at all where nobody has anything to send', () => {
    fc.assert(
      fc.property(cases, (each) => {
        const { before, after } = collected(each);
        const candidates = [...each.request.candidates].reverse();
        const other = collected({ ...each, request: { ...each.request, candidates } }).after;
        expect(other.consolidation).toEqual(after.consolidation);
        expect(other.assignments).toEqual(after.assignments);
        if (!after.consolidation) expect(after).toBe(before);
      }),
    );
  });
});

test('whoever can send most sends first, so that few transfers are asked for', () => {
  const ruleSet = ruleSetOf({ allocation: { split: 'never' }, onShortage: { then: 'waitForTransfer' } });
  const request = requestOf({
    ruleSet,
    setsAside: true,
    lines: [{ lineId: 'l', sku: 'A', quantity: 6 }],
    candidates: [
      location('hub', { available: { A: 3 } }),
      location('little', { available: { A: 1 }, priority: 0 }),
      location('much', { available: { A: 2 } }),
    ],
  });
  const { consolidation, short } = consolidate(source(request), request, ruleSet.scenarios[0]!);
  expect(short).toMatchObject([{ quantity: 3 }]);
  expect(consolidation).toEqual({
    toLocationId: 'hub',
    transfers: [
      { fromLocationId: 'much', lines: [{ sku: 'A', quantity: 2 }] },
      { fromLocationId: 'little', lines: [{ sku: 'A', quantity: 1 }] },
    ],
  });
});

test.each([
  ['backorder', { then: 'waitForTransfer', otherwise: 'split' }],
  ['purchaseRequest', { then: 'waitForTransfer', otherwise: 'split' }],
  ['cancel', { then: 'waitForTransfer', otherwise: 'cancel' }],
  ['waitForTransfer', { then: 'waitForTransfer' }],
] as const)('who is to be consolidated under "%s" waits for what is sent', (then, onShortage) => {
  const ruleSet = ruleSetOf({
    allocation: { split: 'allow', respectPreference: true },
    onShortage: { then },
  });
  const request = requestOf({
    ruleSet,
    setsAside: true,
    preference: { split: 'consolidate' },
    lines: [{ lineId: 'l', sku: 'A', quantity: 3 }],
    candidates: [location('a', { available: { A: 2 } }), location('b', { available: { A: 1 } })],
  });
  const decision = source(request);
  expect(decision.assignments).toEqual([]);
  expect(consolidate(decision, request, ruleSet.scenarios[0]!)).toMatchObject({
    ...{ onShortage, leavesAsOne: true },
    consolidation: { toLocationId: 'a', transfers: [{ fromLocationId: 'b' }] },
  });
});
