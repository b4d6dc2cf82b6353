import { localTime } from './local-time';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

export const weekdayNames: Record<Weekday, string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** Wall-clock times "HH:MM", in the calendar's time zone; "24:00" is midnight at the end of the day. */
export interface DayHours {
  open: string;
  close: string;
  /** What is ordered before leaves the same day; the closing time when left out. */
  cutOff?: string;
}

/** When a location works. A weekday that is left out is a day off. */
export interface LocationCalendar {
  /** IANA, such as Europe/Rome. */
  timeZone: string;
  weekdays: Partial<Record<Weekday, DayHours>>;
  /** Local dates "YYYY-MM-DD" without work. */
  holidays?: readonly string[];
  /** From one local date to another, both without work. */
  closures?: readonly { from: string; to: string }[];
}

const dayMs = 86_400_000;
/** A calendar that has no day of work for so long has none. */
const lookAheadDays = 400;

/** The date so many days later; dates have no time zone and no change of clocks. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** Days from one date to another; below zero where it is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs);

export const weekdayOf = (date: string): Weekday =>
  weekdays[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7]!;

/** The hours of a date, or null on a day off, a holiday or in a closure. */
export function hoursOn(calendar: LocationCalendar, date: string): DayHours | null {
  if (calendar.holidays?.includes(date)) return null;
  if (calendar.closures?.some(({ from, to }) => from <= date && date <= to)) return null;
  return calendar.weekdays[weekdayOf(date)] ?? null;
}

/**
 * The local date on which an order of this instant leaves: the same day when it is a day of work and the cut-off has
 * not come, else the next day of work; null when the calendar knows none within 400 days. Wall-clock times are
 * compared, so that days of 23 and 25 hours need no care.
 */
export function nextShipDay(calendar: LocationCalendar, instant: string): string | null {
  const now = localTime(instant, calendar.timeZone);
  const today = hoursOn(calendar, now.date);
  if (today && now.time < (today.cutOff ?? today.close)) return now.date;
  for (let days = 1; days <= lookAheadDays; days += 1) {
    const date = addDays(now.date, days);
    if (hoursOn(calendar, date)) return date;
  }
  return null;
}

/** The same in the words of a sourcing candidate; null where no calendar is known. */
export function shippingOf(
  calendar: LocationCalendar | undefined,
  instant: string,
): { shipsOn: string } | 'closed' | null {
  if (calendar === undefined) return null;
  const shipsOn = nextShipDay(calendar, instant);
  return shipsOn === null ? 'closed' : { shipsOn };
}

/** Whether people are there at this instant. */
export function isOpenAt(calendar: LocationCalendar, instant: string): boolean {
  const { date, time } = localTime(instant, calendar.timeZone);
  const hours = hoursOn(calendar, date);
  return hours !== null && hours.open <= time && time < hours.close;
}
