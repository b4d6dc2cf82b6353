import fc from 'fast-check';
import type { WaitingTerms } from '../../domain/sourcing/waiting-terms';
import { location } from './sourcing/requests';
import { availableAt } from '../../domain/stock/available-at';
import { promiseNews } from '../../domain/stock/promise-news';
import {
  promisedFor,
  promiseSupply,
  type Claim,
  type Supply,
  type SupplyPlace,
} from '../../domain/stock/promise-supply';

const day = (number: number): string => new Date(Date.UTC(2026, 0, 1 + number)).toISOString();
const placeId = fc.constantFrom('a', 'b', 'c');
const termsOf = (locationIn: string[]): WaitingTerms => ({
  filters: [{ locationIn }],
  destination: { country: 'IT', point: null },
  hasHazard: false,
  isWhole: false,
});

const claims: fc.Arbitrary<Claim[]> = fc
  .array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 8 }),
      capability: fc.constantFrom('ship', 'pickup'),
      onlyLocation: fc.option(placeId, { freq: 4 }),
      excluded: fc.uniqueArray(placeId, { maxLength: 1 }),
      keepBack: fc.dictionary(placeId, fc.nat(4)),
      terms: fc.option(fc.uniqueArray(placeId).map(termsOf), { freq: 3 }),
    }),
    { maxLength: 8 },
  )
  .map((list) => list.map((claim, index) => ({ id: index + 1, ...claim })));
const supply = fc.record({
  locationId: placeId,
  quantity: fc.integer({ min: 1, max: 12 }),
  expectedAt: fc.nat(20).map(day),
});
const supplies: fc.Arbitrary<Supply[]> = fc
  .array(supply, { maxLength: 6 })
  .map((list) => list.map((each, index) => ({ id: index + 1, ...each })));
const places: fc.Arbitrary<SupplyPlace[]> = fc
  .tuple(
    ...['a', 'b', 'c'].map((locationId) =>
      fc.record({
        locationId: fc.constant(locationId),
        capabilities: fc.subarray(['ship', 'pickup']),
        candidate: fc.constant(location(locationId)),
        counters: fc.record({
          onHand: fc.nat(9),
          unsellable: fc.nat(2),
          reserved: fc.nat(2),
          allocated: fc.nat(4),
          safetyStock: fc.nat(4),
        }),
      }),
    ),
  )
  .map((list) => [...list]);

const never = '9999';
const datesOf = (all: readonly Claim[], from: readonly Supply[], at: readonly SupplyPlace[]): string[] => {
  const promises = promiseSupply(all, from, at);
  return all.map((claim) => promisedFor(claim, promises) ?? never);
};

describe('supply that is to come', () => {
  test('is promised once, to who may have it, and nobody gets more than they wait for', () => {
    fc.assert(
      fc.property(claims, supplies, places, (all, from, at) => {
        const promises = promiseSupply(all, from, at);
        const sumOf = (own: typeof promises) => own.reduce((sum, { quantity }) => sum + quantity, 0);
        for (const { id, quantity } of from)
          expect(sumOf(promises.filter(({ supplyId }) => supplyId === id))).toBeLessThanOrEqual(quantity);
        for (const claim of all) {
          const own = promises.filter(({ claimId }) => claimId === claim.id);
          expect(sumOf(own)).toBeLessThanOrEqual(claim.quantity);
          for (const { supplyId } of own) {
            const { locationId } = from.find(({ id }) => id === supplyId)!;
            expect(at.find((place) => place.locationId === locationId)!.capabilities).toContain(
              claim.capability,
            );
            expect(claim.excluded).not.toContain(locationId);
            expect([null, locationId]).toContain(claim.onlyLocation);
            const [only] = claim.terms?.filters ?? [];
            if (only && 'locationIn' in only) expect(only.locationIn).toContain(locationId);
          }
        }
      }),
    );
  });

  test('goes to who waits longest: nobody behind changes what somebody gets', () => {
    fc.assert(
      fc.property(claims, supplies, places, fc.nat(8), (all, from, at, length) => {
        const first = all.slice(0, length);
        expect(promiseSupply(all, from, at).filter(({ claimId }) => claimId <= length)).toEqual(
          promiseSupply(first, from, at),
        );
      }),
    );
  });

  test('makes nobody worse when there is more of it', () => {
    fc.assert(
      fc.property(claims, supplies, places, supply, (all, from, at, more) => {
        const before = datesOf(all, from, at);
        const after = datesOf(all, [...from, { ...more, id: 99 }], at);
        after.forEach((date, index) => expect(date <= before[index]!).toBe(true));
      }),
    );
  });
});

describe('supply that was sent for somebody', () => {
  const here = (locationId: string): SupplyPlace => ({
    ...{ locationId, capabilities: ['ship'] },
    counters: { onHand: 0, unsellable: 0, reserved: 0, allocated: 0, safetyStock: 0 },
  });
  const claim = (id: number, quantity: number): Claim => ({
    ...{ id, quantity, capability: 'ship', onlyLocation: null, excluded: [], keepBack: {} },
  });
  const sent = (meant: number, more: Partial<Supply> = {}): Supply => ({
    ...{
      id: 1,
      locationId: 'a',
      quantity: 3,
      expectedAt: day(5),
      meantFor: [{ claimId: 2, quantity: meant }],
    },
    ...more,
  });

  test('is promised to nobody who waits longer; only what it brings beyond is', () => {
    expect(promiseSupply([claim(1, 3), claim(2, 2)], [sent(2)], [here('a')])).toEqual([
      { claimId: 1, supplyId: 1, quantity: 1, expectedAt: day(5) },
      { claimId: 2, supplyId: 1, quantity: 2, expectedAt: day(5) },
    ]);
  });

  test('is free for others as far as who it was sent for finds something earlier', () => {
    const earlier: Supply = { id: 2, locationId: 'a', quantity: 2, expectedAt: day(3) };
    expect(promiseSupply([claim(2, 2), claim(3, 3)], [sent(2), earlier], [here('a')])).toEqual([
      { claimId: 2, supplyId: 2, quantity: 2, expectedAt: day(3) },
      { claimId: 3, supplyId: 1, quantity: 3, expectedAt: day(5) },
    ]);
  });

  test('and has not left is counted on by nobody else, nor sold where it goes', () => {
    const asked = sent(2, { requestedTransferId: 't' });
    expect(promiseSupply([claim(1, 3), claim(2, 2)], [asked], [here('a')])).toEqual([
      { claimId: 2, supplyId: 1, quantity: 2, expectedAt: day(5) },
    ]);
    const outlook = { places: [here('a')], supplies: [asked], waiting: [claim(1, 3)] };
    expect(availableAt(outlook, day(9), day(0)).get('a')).toBe(0);
  });

  test('is never promised to others while it is needed, whatever else comes and whoever waits', () => {
    const owners = fc.array(fc.record({ claim: fc.nat(7), quantity: fc.integer({ min: 1, max: 12 }) }), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(claims, supplies, places, owners, (all, from, at, meant) => {
        const owned = from.map((each, index): Supply => {
          const owner = all[meant[index]!.claim];
          if (!owner) return each;
          const quantity = Math.min(each.quantity, owner.quantity, meant[index]!.quantity);
          return { ...each, meantFor: [{ claimId: owner.id, quantity }] };
        });
        const promises = promiseSupply(all, owned, at);
        for (const { id, quantity, meantFor = [] } of owned)
          for (const { claimId, quantity: kept } of meantFor) {
            const others = promises.filter((each) => each.supplyId === id && each.claimId < claimId);
            expect(others.reduce((sum, each) => sum + each.quantity, 0)).toBeLessThanOrEqual(quantity - kept);
          }
      }),
    );
  });
});

describe('what is available at a date', () => {
  const outlook = fc.record({ places, supplies, waiting: claims });
  const now = day(5);

  test('is never negative, and no less at a later date', () => {
    fc.assert(
      fc.property(outlook, fc.nat(20), fc.nat(20), (each, days, more) => {
        const sooner = availableAt(each, day(5 + days), now);
        const later = availableAt(each, day(5 + days + more), now);
        for (const [locationId, pieces] of sooner) {
          expect(pieces).toBeGreaterThanOrEqual(0);
          expect(later.get(locationId)).toBeGreaterThanOrEqual(pieces);
        }
      }),
    );
  });

  test('grows with supply', () => {
    fc.assert(
      fc.property(outlook, supply, fc.nat(20), (each, more, days) => {
        const at = day(5 + days);
        const sum = (of: typeof each) => [...availableAt(of, at, now).values()].reduce((a, b) => a + b, 0);
        // With nobody waiting: who waits may take what was free from one place and leave what comes to another.
        const alone = { ...each, waiting: [] };
        const richer = { ...alone, supplies: [...each.supplies, { ...more, id: 99 }] };
        expect(sum(richer)).toBeGreaterThanOrEqual(sum(alone));
      }),
    );
  });

  test('and what is promised are never more than all that is there and comes', () => {
    fc.assert(
      fc.property(outlook, (each) => {
        const free = availableAt(each, day(100), day(0));
        const promises = promiseSupply(each.waiting, each.supplies, each.places);
        for (const { locationId, counters } of each.places) {
          const here = each.supplies.filter((own) => own.locationId === locationId);
          const coming = here.reduce((sum, { quantity }) => sum + quantity, 0);
          const promised = promises
            .filter(({ supplyId }) => here.some(({ id }) => id === supplyId))
            .reduce((sum, { quantity }) => sum + quantity, 0);
          const { onHand, unsellable, reserved, allocated, safetyStock } = counters;
          const sellable = onHand - unsellable - reserved - allocated - safetyStock + coming;
          expect(free.get(locationId)! + promised).toBeLessThanOrEqual(Math.max(0, sellable));
        }
      }),
    );
  });

  test('does not count on what is overdue', () => {
    const [place] = fc.sample(places, 1)[0]!;
    const empty = { onHand: 0, unsellable: 0, reserved: 0, allocated: 0, safetyStock: 0 };
    const late = { id: 1, locationId: 'a', quantity: 5, expectedAt: day(1) };
    const each = { places: [{ ...place!, counters: empty }], supplies: [late], waiting: [] };
    expect(availableAt(each, day(9), day(2)).get('a')).toBe(0);
    expect(availableAt(each, day(9), day(0)).get('a')).toBe(5);
    expect(availableAt(each, day(0), day(0)).get('a')).toBe(0);
  });
});

test.each([
  [null, null, null],
  [null, day(3), 'known'],
  [day(3), null, 'unknown'],
  [day(3), day(3), null],
  [day(3), '2026-01-04T12:00:00.000Z', null],
  [day(3), day(4), 'later'],
  [day(3), day(1), null],
  [day(3), day(0), 'sooner'],
])('a customer told %s who could now be told %s hears %s', (told, now, news) => {
  expect(promiseNews(told, now)).toBe(news);
});
