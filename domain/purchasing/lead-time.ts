import { addDays, hoursOn, nextShipDay, type LocationCalendar } from '../time/calendar';
import { localTime } from '../time/local-time';
import type { Supplier } from './supplier';

type Terms = Pick<Supplier, 'leadTimeDays' | 'calendar'>;

const dayMs = 86_400_000;
/** As long as calendars are looked ahead. */
const lookAheadDays = 400;

/**
 * When what is ordered at an instant is expected, RFC 3339. Of a supplier with a calendar the lead time counts its days
 * of work, from the one on which the order is taken up: the same day before its cut-off, else the next that it works.
 * Without one, or where it knows of no day of work to come, every day counts. The time of day stays that of the order.
 */
export function expectedFrom({ leadTimeDays, calendar }: Terms, at: string): string {
  const days = calendar === undefined ? null : workingLead(calendar, leadTimeDays, at);
  return new Date(Date.parse(at) + (days ?? leadTimeDays) * dayMs).toISOString();
}

/** Days of 24 hours from ordering at an instant to its arrival. */
export const leadTimeAt = (terms: Terms, at: string): number =>
  Math.round((Date.parse(expectedFrom(terms, at)) - Date.parse(at)) / dayMs);

function workingLead(calendar: LocationCalendar, leadTimeDays: number, at: string): number | null {
  const today = localTime(at, calendar.timeZone).date;
  let day = nextShipDay(calendar, at);
  for (let left = leadTimeDays, idle = 0; day !== null && left > 0;) {
    day = addDays(day, 1);
    idle += 1;
    if (hoursOn(calendar, day)) [left, idle] = [left - 1, 0];
    else if (idle > lookAheadDays) day = null;
  }
  return day === null ? null : Math.round((Date.parse(day) - Date.parse(today)) / dayMs);
}
