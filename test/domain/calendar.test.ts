import fc from 'fast-check';
import {
  addDays,
  hoursOn,
  isOpenAt,
  nextShipDay,
  shippingOf,
  weekdayOf,
  weekdays,
  type LocationCalendar,
} from '../../domain/time/calendar';
import { isZone, localTime } from '../../domain/time/local-time';

const rome: LocationCalendar = {
  timeZone: 'Europe/Rome',
  weekdays: {
    mon: { open: '08:00', close: '18:00', cutOff: '14:00' },
    tue: { open: '08:00', close: '18:00' },
    fri: { open: '08:00', close: '24:00', cutOff: '24:00' },
  },
  holidays: ['2026-04-06'],
  closures: [{ from: '2026-08-10', to: '2026-08-21' }],
};

describe('the day on which an order leaves', () => {
  test.each([
    ['a Monday before the cut-off', '2026-03-02T12:59:59Z', '2026-03-02'],
    ['at the cut-off it is too late', '2026-03-02T13:00:00Z', '2026-03-03'],
    ['without cut-off the closing time counts', '2026-03-03T16:59:00Z', '2026-03-03'],
    ['after closing, the next day of work', '2026-03-03T17:00:00Z', '2026-03-06'],
    ['before opening counts as that day', '2026-03-02T01:00:00Z', '2026-03-02'],
    ['the local date counts: Sunday evening in UTC is Monday in Rome', '2026-03-01T23:30:00Z', '2026-03-02'],
    ['until midnight', '2026-03-06T22:59:59Z', '2026-03-06'],
    ['a holiday', '2026-04-06T08:00:00Z', '2026-04-07'],
    ['a closure', '2026-08-10T06:00:00Z', '2026-08-24'],
    ['summer time began on Sunday: 14:00 is 12:00 in UTC now', '2026-03-30T12:00:00Z', '2026-03-31'],
    ['and one minute before it is in time', '2026-03-30T11:59:00Z', '2026-03-30'],
    ['winter time again: 14:00 is 13:00 in UTC', '2026-10-26T12:59:00Z', '2026-10-26'],
  ])('%s', (_what, instant, day) => {
    expect(nextShipDay(rome, instant)).toBe(day);
  });

  test('is none where nobody ever works', () => {
    const never = { timeZone: 'UTC', weekdays: {} };
    expect(nextShipDay(never, '2026-03-02T12:00:00Z')).toBeNull();
    expect(shippingOf(never, '2026-03-02T12:00:00Z')).toBe('closed');
    expect(shippingOf(rome, '2026-03-02T13:00:00Z')).toEqual({ shipsOn: '2026-03-03' });
    expect(shippingOf(undefined, '2026-03-02T13:00:00Z')).toBeNull();
  });
});

const zone = fc.constantFrom(
  'Europe/Rome',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'UTC',
);
/** Minutes around the changes of clocks, and any others. */
const instant = fc
  .oneof(
    fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) }),
    fc
      .tuple(
        fc.constantFrom(
          '2026-03-29T01:00Z',
          '2026-10-25T01:00Z',
          '2026-03-08T07:00Z',
          '2026-11-01T06:00Z',
          '2026-04-04T15:00Z',
        ),
        fc.integer({ min: -180, max: 180 }),
      )
      .map(([change, minutes]) => Date.parse(change) + minutes * 60_000),
  )
  .map((ms) => new Date(ms).toISOString());
const clock = fc
  .integer({ min: 0, max: 23 * 60 + 59 })
  .map(
    (minutes) =>
      `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`,
  );
const hours = fc
  .uniqueArray(clock, { minLength: 3, maxLength: 3 })
  .map((three) => [...three].sort())
  .map(([open, cutOff, close]) => ({ open: open!, cutOff: cutOff!, close: close! }));
const calendar: fc.Arbitrary<LocationCalendar> = fc.record({
  timeZone: zone,
  weekdays: fc.dictionary(fc.constantFrom(...weekdays), hours, { minKeys: 1 }),
  holidays: fc.array(
    fc.integer({ min: 0, max: 2000 }).map((days) => addDays('2024-01-01', days)),
    { maxLength: 5 },
  ),
  closures: fc.array(
    fc.tuple(fc.integer({ min: 0, max: 2000 }), fc.nat(20)).map(([from, days]) => ({
      from: addDays('2024-01-01', from),
      to: addDays('2024-01-01', from + days),
    })),
    { maxLength: 3 },
  ),
});

describe('calendars', () => {
  test('give a day of work, today only before the cut-off, and skip no day of work', () => {
    fc.assert(
      fc.property(calendar, instant, (each, at) => {
        const now = localTime(at, each.timeZone);
        const day = nextShipDay(each, at)!;
        expect(hoursOn(each, day)).not.toBeNull();
        expect(day >= now.date).toBe(true);
        const today = hoursOn(each, now.date);
        expect(day === now.date).toBe(today !== null && now.time < today.cutOff!);
        for (let between = addDays(now.date, 1); between < day; between = addDays(between, 1))
          expect(hoursOn(each, between)).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });

  test('never let a later order leave earlier, over every change of clocks', () => {
    fc.assert(
      fc.property(calendar, instant, fc.integer({ min: 0, max: 5000 }), (each, at, minutes) => {
        // In an hour that comes twice the wall clock goes back over the cut-off once: hours have no part in this.
        const later = new Date(Date.parse(at) + minutes * 60_000).toISOString();
        const [first, second] = [localTime(at, each.timeZone), localTime(later, each.timeZone)];
        fc.pre(`${first.date}${first.time}` <= `${second.date}${second.time}`);
        expect(nextShipDay(each, at)! <= nextShipDay(each, later)!).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('are open only within the hours of a day of work', () => {
    fc.assert(
      fc.property(calendar, instant, (each, at) => {
        const { date, time } = localTime(at, each.timeZone);
        const today = hoursOn(each, date);
        expect(isOpenAt(each, at)).toBe(today !== null && today.open <= time && time < today.close);
      }),
    );
  });

  test('know dates: each is followed by the next weekday, and the local time is what the offset says', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: -800, max: 800 }), (at, days) => {
        const { date, time } = localTime(at, 'UTC');
        expect(`${date}T${time}`).toBe(at.slice(0, 16));
        expect(addDays(addDays(date, days), -days)).toBe(date);
        expect(weekdayOf(addDays(date, 7))).toBe(weekdayOf(date));
        const next = weekdays[(weekdays.indexOf(weekdayOf(date)) + 1) % 7];
        expect(weekdayOf(addDays(date, 1))).toBe(next);
      }),
    );
    expect(weekdayOf('2026-03-02')).toBe('mon');
    expect(localTime('2026-01-01T00:15:00Z', 'Asia/Kathmandu')).toMatchObject({
      date: '2026-01-01',
      time: '06:00',
    });
  });

  test('know which time zones there are', () => {
    expect(['Europe/Rome', 'UTC', 'Mars/Olympus', ''].map(isZone)).toEqual([true, true, false, false]);
  });
});
