import fc from 'fast-check';
import { orderPromise, wholePromise } from '../../domain/promise/order-promise';
import { afterWorkingDays, promiseOf, type PromiseQuestion } from '../../domain/promise/promise';
import { easterSunday, isPublicHoliday } from '../../domain/promise/public-holidays';
import { hoursOn, type LocationCalendar } from '../../domain/time/calendar';

const workday = { open: '08:00', close: '18:00', cutOff: '14:00' };
const rome: LocationCalendar = {
  timeZone: 'Europe/Rome',
  weekdays: { mon: workday, tue: workday, wed: workday, thu: workday, fri: workday },
  holidays: ['2026-12-04'],
};

const question = (more: Partial<PromiseQuestion> = {}): PromiseQuestion => ({
  mode: 'ship',
  place: { locationId: 'milano', name: 'Milano', country: 'IT', calendar: rome, actWithinMs: 0 },
  progress: { stage: 'toPrepare' },
  service: 'express',
  destination: { country: 'IT' },
  at: '2026-03-02T12:00:00Z',
  ...more,
});
const datesOf = (more: Partial<PromiseQuestion>) => {
  const { earliest, latest } = promiseOf(question(more));
  return [earliest, latest];
};
const place = (more: Partial<PromiseQuestion['place']>) => ({ place: { ...question().place, ...more } });

describe('a promise', () => {
  test.each<[string, Partial<PromiseQuestion>, string, string]>([
    ['leaves today before the cut-off', {}, '2026-03-03', '2026-03-03'],
    ['leaves tomorrow after it', { at: '2026-03-02T13:00:00Z' }, '2026-03-04', '2026-03-04'],
    ['does not arrive on a weekend', { at: '2026-03-06T12:00:00Z' }, '2026-03-09', '2026-03-09'],
    ['grants the time to prepare', place({ actWithinMs: 24 * 3_600_000 }), '2026-03-03', '2026-03-04'],
    ['takes longer with standard', { service: 'standard' }, '2026-03-03', '2026-03-05'],
    [
      'and longer still abroad',
      { service: 'standard', destination: { country: 'DE' } },
      '2026-03-05',
      '2026-03-10',
    ],
    ['waits behind others', place({ queue: { waiting: 25, perDay: 10 } }), '2026-03-05', '2026-03-05'],
    [
      'keeps the holidays of the location and of the destination',
      { at: '2026-12-03T15:00:00Z' },
      '2026-12-09',
      '2026-12-09',
    ],
    [
      'counts from supply that comes',
      { progress: { stage: 'toArrive', expectedAt: '2026-03-10T09:00:00Z' } },
      '2026-03-11',
      '2026-03-11',
    ],
    [
      'counts from the day it left',
      { progress: { stage: 'left', since: '2026-03-04T16:00:00Z' } },
      '2026-03-05',
      '2026-03-05',
    ],
    ['is ready the same day for a pickup', { mode: 'pickup' }, '2026-03-02', '2026-03-02'],
  ])('%s', (_what, more, earliest, latest) => {
    expect(datesOf(more)).toEqual([earliest, latest]);
  });

  test('says every step', () => {
    expect(promiseOf(question({ ...place({ actWithinMs: 24 * 3_600_000 }) })).reasons).toEqual([
      'The goods are at Milano',
      'Milano can have it ready on Monday 2 March 2026: 13:00 (Europe/Rome) is before its cut-off at 14:00',
      'It may take 24 hours to prepare it: until Tuesday 3 March 2026',
      'express takes 1 working days from IT to IT, as is usual: no tariff covers the way',
      'Without weekends and public holidays there that is Tuesday 3 March 2026 to Wednesday 4 March 2026',
    ]);
  });

  test.each<[string, Partial<PromiseQuestion>, RegExp]>([
    [
      'nobody knows when the goods come',
      { progress: { stage: 'toArrive', expectedAt: null } },
      /Nobody can say/,
    ],
    ['they are overdue', { progress: { stage: 'toArrive', expectedAt: '2026-03-01T09:00:00Z' } }, /are late/],
    ['the location never works', place({ calendar: { timeZone: 'UTC', weekdays: {} } }), /no day of work/],
  ])('has no date while %s', (_what, more, reason) => {
    const { earliest, latest, reasons } = promiseOf(question(more));
    expect([earliest, latest]).toEqual([null, null]);
    expect(reasons.join()).toMatch(reason);
  });

  test('counts cut-offs by the clocks of the place, also when they change', () => {
    // 13:30 in Rome: in UTC 12:30 in winter, 11:30 in summer.
    expect(datesOf({ at: '2026-03-27T12:30:00Z' })).toEqual(['2026-03-30', '2026-03-30']);
    expect(datesOf({ at: '2026-03-30T11:30:00Z' })).toEqual(['2026-03-31', '2026-03-31']);
    expect(datesOf({ at: '2026-03-30T12:30:00Z' })).toEqual(['2026-04-01', '2026-04-01']);
  });
});

const instants = fc
  .date({ min: new Date('2025-01-01T00:00:00Z'), max: new Date('2027-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const hours = fc.record({
  open: fc.constant('07:00'),
  close: fc.constant('20:00'),
  cutOff: fc.constantFrom('08:00', '14:00', '20:00'),
});
const calendars: fc.Arbitrary<LocationCalendar> = fc.record({
  timeZone: fc.constantFrom('Europe/Rome', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata', 'UTC'),
  weekdays: fc.record(
    { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours },
    { requiredKeys: ['wed'] },
  ),
});
const questions = fc.record({
  mode: fc.constantFrom('ship' as const, 'pickup' as const),
  place: fc.record(
    {
      name: fc.constant('X'),
      country: fc.constantFrom('IT', 'US'),
      calendar: calendars,
      actWithinMs: fc.nat({ max: 7 * 86_400_000 }),
      queue: fc.record({ waiting: fc.nat(40), perDay: fc.integer({ min: 1, max: 20 }) }),
    },
    { requiredKeys: ['name', 'country', 'actWithinMs'] },
  ),
  progress: fc.constant({ stage: 'toPrepare' as const }),
  service: fc.constantFrom('sameDay', 'express', 'standard', 'economy', 'ours'),
  destination: fc.record({ country: fc.constantFrom('IT', 'DE', 'US', 'PT') }),
  at: instants,
}) as fc.Arbitrary<PromiseQuestion>;

test('the latest day is never before the earliest, nor that before the goods can leave', () => {
  fc.assert(
    fc.property(questions, (asked) => {
      const { earliest, latest } = promiseOf(asked);
      expect(earliest! <= latest!).toBe(true);
      expect(earliest! >= new Date(Date.parse(asked.at) - 86_400_000).toISOString().slice(0, 10)).toBe(true);
    }),
  );
});

test('later stock never makes it earlier', () => {
  fc.assert(
    fc.property(questions, fc.nat(60 * 86_400_000), fc.nat(60 * 86_400_000), (asked, soon, more) => {
      const after = (ms: number) => new Date(Date.parse(asked.at) + ms).toISOString();
      const sooner = promiseOf({ ...asked, progress: { stage: 'toArrive', expectedAt: after(soon) } });
      const later = promiseOf({ ...asked, progress: { stage: 'toArrive', expectedAt: after(soon + more) } });
      const now = promiseOf(asked);
      expect(now.earliest! <= sooner.earliest! && now.latest! <= sooner.latest!).toBe(true);
      expect(sooner.earliest! <= later.earliest! && sooner.latest! <= later.latest!).toBe(true);
    }),
  );
});

test('is what counting day by day comes to, over holidays, closures, years and changes of clocks', () => {
  const days = (from: string, count: number): string[] =>
    Array.from({ length: count }, (_, day) =>
      new Date(Date.parse(`${from}T12:00:00Z`) + day * 86_400_000).toISOString().slice(0, 10),
    );
  const weekday = (day: string): string =>
    new Date(`${day}T12:00:00Z`)
      .toLocaleDateString('en-GB', { weekday: 'short', timeZone: 'UTC' })
      .toLowerCase();
  const closed = fc.record({
    holidays: fc.subarray([
      '2025-12-31',
      '2026-01-01',
      '2026-12-24',
      '2026-12-31',
      '2027-01-01',
      '2027-01-04',
    ]),
    closures: fc.constantFrom<{ from: string; to: string }[]>(
      [],
      [{ from: '2025-12-29', to: '2026-01-02' }],
      [{ from: '2026-12-28', to: '2027-01-08' }],
    ),
  });
  const near = fc
    .constantFrom('2025-12-27', '2026-03-26', '2026-10-23', '2026-12-27')
    .chain((from) =>
      fc
        .integer({ min: 0, max: 7 * 1440 })
        .map((minutes) => new Date(Date.parse(`${from}T00:00:00Z`) + minutes * 60_000).toISOString()),
    );
  fc.assert(
    fc.property(questions, calendars, closed, fc.oneof(instants, near), (asked, calendar, more, at) => {
      const hours = { ...calendar, ...more };
      const place = { ...asked.place, calendar: hours, actWithinMs: 0 };
      const clock = new Date(at).toLocaleString('sv-SE', { timeZone: hours.timeZone });
      const [today, time] = [clock.slice(0, 10), clock.slice(11, 16)];
      const isWork = (day: string): boolean =>
        Object.keys(hours.weekdays).includes(weekday(day)) &&
        !more.holidays.includes(day) &&
        !more.closures.some(({ from, to }) => day >= from && day <= to);
      const cutOff = (day: string): string => hours.weekdays[weekday(day) as 'mon']!.cutOff!;
      // Each day of work takes what waits before it, as many as it can.
      let before = place.queue?.waiting ?? 0;
      let leaves = '';
      for (const day of days(today, 500)) {
        if (!isWork(day) || (day === today && time >= cutOff(day))) continue;
        if (place.queue === undefined || before < place.queue.perDay) {
          leaves = day;
          break;
        }
        before -= place.queue.perDay;
      }
      const promise = promiseOf({ ...asked, place, at });
      expect(promise.leavesBy).toBe(leaves);
      if (asked.mode === 'pickup') return expect(promise.earliest).toBe(leaves);
      const off = (day: string): boolean =>
        ['sat', 'sun'].includes(weekday(day)) || isPublicHoliday(day, asked.destination.country);
      const working = days(leaves, 60).filter((day) => !off(day));
      const takes = Number(/takes (\d+)/.exec(promise.reasons.join())![1]);
      // The day of leaving is none of those that it is under way.
      const counted = takes > 0 && working[0] === leaves ? takes : Math.max(0, takes - 1);
      expect(promise.earliest).toBe(working[counted]);
    }),
    { numRuns: 500 },
  );
});

const toStore: fc.Arbitrary<PromiseQuestion> = fc
  .record({ asked: questions, calendar: calendars, actWithinMs: fc.nat({ max: 7 * 86_400_000 }) })
  .map(({ asked, calendar, actWithinMs }) => ({
    ...asked,
    mode: 'shipToStore',
    store: { locationId: 's', name: 'S', country: 'IT', calendar, actWithinMs },
  }));

test('what is sent to a store can be collected when it has come there, on a day on which the store works', () => {
  fc.assert(
    fc.property(toStore, (asked) => {
      const { store, ...rest } = asked;
      const journey = promiseOf({ ...rest, mode: 'ship' });
      const { earliest, latest, leavesBy } = promiseOf(asked);
      expect(journey.earliest! <= earliest! && journey.latest! <= latest! && earliest! <= latest!).toBe(true);
      expect(leavesBy).toBe(journey.leavesBy);
      for (const day of [earliest!, latest!]) expect(hoursOn(store!.calendar!, day)).not.toBeNull();
    }),
  );
});

test('a parcel that comes to a store later, or a store that may take longer, makes nothing earlier', () => {
  fc.assert(
    fc.property(toStore, fc.nat(60 * 86_400_000), fc.nat(5 * 86_400_000), (asked, wait, longer) => {
      const expectedAt = new Date(Date.parse(asked.at) + wait).toISOString();
      const now = promiseOf(asked);
      const later = promiseOf({ ...asked, progress: { stage: 'toArrive', expectedAt } });
      const store = { ...asked.store!, actWithinMs: asked.store!.actWithinMs + longer };
      const slower = promiseOf({ ...asked, store });
      expect(now.earliest! <= later.earliest! && now.latest! <= later.latest!).toBe(true);
      expect(slower.earliest).toBe(now.earliest);
      expect(now.latest! <= slower.latest!).toBe(true);
    }),
  );
});

test('a promise of what is sent to a store tells every step of its sum', () => {
  const store = {
    locationId: 'lyon',
    name: 'Lyon',
    country: 'IT',
    calendar: rome,
    actWithinMs: 24 * 3_600_000,
  };
  const { earliest, latest, reasons } = promiseOf(
    question({ mode: 'shipToStore', store, at: '2026-03-05T12:00:00Z' }),
  );
  expect([earliest, latest]).toEqual(['2026-03-06', '2026-03-09']);
  expect(reasons.slice(-3)).toEqual([
    'Without weekends and public holidays there that is Friday 6 March 2026',
    'Lyon can have it ready for the customer on Friday 6 March 2026',
    'Lyon may take 24 hours to take it in: until Monday 9 March 2026',
  ]);
});

test('working days leave out weekends and holidays', () => {
  expect([2024, 2025, 2026, 2027].map(easterSunday)).toEqual([
    '2024-03-31',
    '2025-04-20',
    '2026-04-05',
    '2027-03-28',
  ]);
  expect(afterWorkingDays('2026-04-02', 1, 'DE')).toBe('2026-04-07');
  expect(afterWorkingDays('2026-04-02', 1, 'IT')).toBe('2026-04-03');
  expect(afterWorkingDays('2026-04-25', 0, 'IT')).toBe('2026-04-27');
  expect(isPublicHoliday('2026-05-14', 'FR')).toBe(true);
  expect(isPublicHoliday('2026-05-14', 'XX')).toBe(false);
});

test('an order is complete with its last part', () => {
  const part = (earliest: string | null, latest: string | null) => ({
    earliest,
    latest,
    reasons: ['because'],
  });
  const march = (from: number, to: number) => part(`2026-03-0${from}`, `2026-03-0${to}`);
  expect(wholePromise([])).toBeNull();
  expect(wholePromise([march(3, 5)])).toEqual(march(3, 5));
  expect(wholePromise([march(3, 9), march(4, 5)])).toMatchObject({
    earliest: '2026-03-04',
    latest: '2026-03-09',
  });
  expect(wholePromise([march(3, 9), part(null, null)])).toMatchObject({ earliest: null, latest: null });
});

test('what comes together is one part, whatever it consists of; dates are as of its parts', () => {
  const march = (from: number, to: number, comesWith: string | null) => ({
    ...{ earliest: `2026-03-0${from}`, latest: `2026-03-0${to}`, reasons: ['because'], comesWith },
  });
  expect(orderPromise([])).toBeNull();
  expect(orderPromise([march(3, 4, 'pickup'), march(2, 6, 'pickup')])).toEqual({
    ...{ earliest: '2026-03-03', latest: '2026-03-06' },
    reasons: [
      'It comes together, and waits for the last of it',
      'Of it, 1: Tuesday 3 March 2026 to Wednesday 4 March 2026',
      'Of it, 2: Monday 2 March 2026 to Friday 6 March 2026',
    ],
  });
  expect(orderPromise([march(3, 4, 'pickup'), march(5, 5, null), march(2, 6, 'pickup')])).toEqual({
    ...{ earliest: '2026-03-05', latest: '2026-03-06' },
    reasons: [
      'It comes in 2 parts and is complete with the last',
      'Part 1: Tuesday 3 March 2026 to Friday 6 March 2026',
      'Part 2: Thursday 5 March 2026',
    ],
  });
  const parts = fc.array(
    fc.record({
      from: fc.integer({ min: 1, max: 4 }),
      more: fc.nat(5),
      name: fc.constantFrom('a', 'b', null),
    }),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(parts, (sketches) => {
      const all = sketches.map(({ from, more, name }) => march(from, from + more, name));
      const { earliest, latest } = orderPromise(all)!;
      expect({ earliest, latest }).toEqual({
        earliest: wholePromise(all)!.earliest,
        latest: wholePromise(all)!.latest,
      });
    }),
  );
});
