import fc from 'fast-check';
import type { Scenario } from '../../../domain/rules/types';
import { arrivalOf } from '../../../domain/sourcing/arrival';
import { serviceFor } from '../../../domain/sourcing/service-for';
import { source } from '../../../domain/sourcing/source';
import type { Candidate, Quote, SourcingRequest } from '../../../domain/sourcing/types';
import { location, requestOf, ruleSetOf } from './requests';

const quote = (service: string, base: number, transitDays: number): Quote => ({
  ...{ carrier: 'c', service, base, perKg: 0, transitDays },
});
const slow = quote('slow', 300, 5);
const fast = quote('fast', 900, 1);

// 2026-03-02 is a Monday.
const ask = (
  candidates: readonly Candidate[],
  promisedBy: string | undefined,
  scenario: Partial<Scenario>,
  more: Partial<SourcingRequest> = {},
): SourcingRequest =>
  requestOf({
    lines: [{ lineId: 'l', sku: 'A', quantity: 1 }],
    candidates,
    today: '2026-03-02',
    order: {
      ...{ mode: 'ship' as const, country: 'IT', lines: [{ lineId: 'l', sku: 'A', quantity: 1 }] },
      ...(promisedBy !== undefined && { promisedBy }),
    },
    ruleSet: ruleSetOf(scenario),
    ...more,
  });
const here = (more: Partial<Candidate> = {}) =>
  location('here', {
    available: { A: 1 },
    shipping: { shipsOn: '2026-03-02' },
    quotes: [slow, fast],
    ...more,
  });

const keeps: Partial<Scenario> = { filters: [{ keepsPromise: true }], scores: { shippingCost: 1 } };

test('where a day was promised only services that keep it may be chosen, however cheap the others are', () => {
  const serviceOf = (promisedBy?: string) =>
    source(ask([here()], promisedBy, keeps)).assignments[0]?.service?.service;
  expect(serviceOf()).toBe('slow');
  // Five working days from Monday are the next Monday.
  expect(serviceOf('2026-03-09')).toBe('slow');
  expect(serviceOf('2026-03-08')).toBe('fast');
  expect(serviceOf('2026-03-03')).toBe('fast');
  expect(serviceFor(ask([here()], '2026-03-03', keeps))).toBe(fast);
});

test('a location from which nothing comes in time does not pass, and says which day it would be', () => {
  const decision = source(
    ask([here({ quotes: [slow] }), here({ locationId: 'shut', shipping: 'closed' })], '2026-03-04', keeps),
  );
  expect(decision.assignments).toEqual([]);
  expect(decision.candidates.map(({ reasons }) => reasons)).toEqual([
    ['would have it there by Monday 9 March 2026, promised by Wednesday 4 March 2026'],
    ['is closed'],
  ]);
  expect(decision.excludedBy).toEqual([{ filter: 'keepsPromise', locations: 2 }]);
});

test('each day late has its price, from one location and from each of several', () => {
  const scores = { shippingCost: 1, perDayLate: 200 };
  const chosen = (promisedBy: string) => source(ask([here()], promisedBy, { scores }));
  // Three days late cost 6.00, as much as the quicker service does more.
  expect(chosen('2026-03-07')).toMatchObject({
    assignments: [{ service: slow }],
    cost: { parts: { shippingCost: 300_000, perDayLate: 400_000 } },
  });
  expect(chosen('2026-03-05').assignments).toMatchObject([{ service: fast }]);
  const both = source(
    ask(
      [here({ quotes: [slow] }), here({ locationId: 'there', quotes: [slow] })],
      '2026-03-08',
      { scores },
      { lines: [{ lineId: 'l', sku: 'A', quantity: 2 }] },
    ),
  );
  expect(both.cost?.parts.perDayLate).toBe(400_000);
});

test('without a tariff what is usual for the method is reckoned with, and a pickup is there when it is ready', () => {
  const request = ask([], '2026-03-03', keeps);
  const plain = here({ quotes: [] });
  expect(arrivalOf(plain, null, request)).toBe('2026-03-05');
  expect(arrivalOf(plain, null, { ...request, method: 'express' })).toBe('2026-03-03');
  expect(arrivalOf(plain, null, { ...request, mode: 'pickup' })).toBe('2026-03-02');
  expect(arrivalOf(here({ shipping: 'closed' }), null, request)).toBeNull();
  expect(arrivalOf(here({ shipping: undefined }), null, { ...request, today: undefined })).toBeNull();
});

const day = (offset: number): string => new Date(Date.UTC(2026, 2, 2 + offset)).toISOString().slice(0, 10);

test('whatever is promised, what is chosen keeps it, and a later promise never costs more', () => {
  const candidates = fc.array(
    fc.record({
      shipsOn: fc.integer({ min: 0, max: 5 }).map(day),
      quotes: fc.array(fc.record({ base: fc.nat(900), transitDays: fc.integer({ min: 0, max: 6 }) }), {
        maxLength: 3,
      }),
      pieces: fc.nat(3),
    }),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(candidates, fc.nat(14), fc.integer({ min: 1, max: 4 }), (drawn, offset, quantity) => {
      const there = drawn.map(({ shipsOn, quotes, pieces }, index) =>
        location(`at-${index}`, {
          available: { A: pieces },
          shipping: { shipsOn },
          quotes: quotes.map(({ base, transitDays }, at) => quote(`s${at}`, base, transitDays)),
        }),
      );
      const decide = (promisedBy: string) => {
        const lines = [{ lineId: 'l', sku: 'A', quantity }];
        const request = ask(there, promisedBy, keeps, { lines });
        return { request, decision: source(request) };
      };
      const { request, decision } = decide(day(offset));
      for (const { locationId, service } of decision.assignments) {
        const from = there.find((each) => each.locationId === locationId)!;
        expect(arrivalOf(from, service ?? null, request)! <= day(offset)).toBe(true);
      }
      const later = decide(day(offset + 3)).decision;
      const short = (of: typeof decision): number => of.short.reduce((sum, line) => sum + line.quantity, 0);
      expect(short(later)).toBeLessThanOrEqual(short(decision));
      if (short(later) === short(decision))
        expect(later.cost?.total ?? 0).toBeLessThanOrEqual(decision.cost?.total ?? 0);
    }),
  );
});
