import fc from 'fast-check';
import { expectedFrom, leadTimeAt } from '../../domain/purchasing/lead-time';
import { hoursOn, type LocationCalendar } from '../../domain/time/calendar';
import { localTime } from '../../domain/time/local-time';

const day = { open: '08:00', close: '17:00', cutOff: '12:00' };
const calendar: LocationCalendar = {
  timeZone: 'Europe/Rome',
  weekdays: { mon: day, tue: day, wed: day, thu: day, fri: day },
  holidays: ['2026-04-06'],
  closures: [{ from: '2026-08-10', to: '2026-08-23' }],
};

describe('when a purchase order is expected', () => {
  test.each<[string, string, number, string]>([
    ['counts days of work', '2026-03-02T09:00:00.000Z', 3, '2026-03-05T09:00:00.000Z'],
    ['begins on the next after the cut-off', '2026-03-02T11:30:00.000Z', 3, '2026-03-06T11:30:00.000Z'],
    ['skips weekends', '2026-03-05T09:00:00.000Z', 2, '2026-03-09T09:00:00.000Z'],
    ['begins when it works again', '2026-03-07T09:00:00.000Z', 0, '2026-03-09T09:00:00.000Z'],
    ['skips holidays', '2026-04-03T08:00:00.000Z', 1, '2026-04-07T08:00:00.000Z'],
    ['skips the weeks in which it is closed', '2026-08-07T08:00:00.000Z', 1, '2026-08-24T08:00:00.000Z'],
  ])('%s', (_what, at, leadTimeDays, expected) => {
    expect(expectedFrom({ leadTimeDays, calendar }, at)).toBe(expected);
  });

  test('counts every day where nothing is known of when it works, or it never does', () => {
    const at = '2026-03-05T09:00:00.000Z';
    expect(expectedFrom({ leadTimeDays: 2 }, at)).toBe('2026-03-07T09:00:00.000Z');
    const never = { timeZone: 'UTC', weekdays: {} };
    expect(expectedFrom({ leadTimeDays: 2, calendar: never }, at)).toBe('2026-03-07T09:00:00.000Z');
  });

  test('is a day of work, not before the lead time, and never earlier for a longer one', () => {
    const instants = fc
      .date({ min: new Date('2026-01-01'), max: new Date('2026-12-01'), noInvalidDate: true })
      .map((date) => date.toISOString());
    fc.assert(
      fc.property(instants, fc.nat(60), (at, leadTimeDays) => {
        const expected = expectedFrom({ leadTimeDays, calendar }, at);
        // The clocks of the place may change in between, the date that is counted from does not.
        const from = Date.parse(localTime(at, 'Europe/Rome').date);
        const date = new Date(from + leadTimeAt({ leadTimeDays, calendar }, at) * 86_400_000);
        expect(hoursOn(calendar, date.toISOString().slice(0, 10))).not.toBeNull();
        expect(leadTimeAt({ leadTimeDays, calendar }, at)).toBeGreaterThanOrEqual(leadTimeDays);
        expect(expectedFrom({ leadTimeDays: leadTimeDays + 1, calendar }, at) > expected).toBe(true);
      }),
    );
  });
});
