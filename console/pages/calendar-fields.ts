import { weekdayNames, weekdays, type LocationCalendar, type Weekday } from '../../domain/time/calendar';
import { listOf } from './list-field';

type Form = Readonly<Record<string, string>>;

/**
 * A calendar as fields: `<day>.open`, `<day>.close` and `<day>.cutOff` with times of day, `timeZone`, and a line of
 * text for each of `holidays` ("2026-12-25") and `closures` ("2026-08-10 to 2026-08-21"). A day without hours is off.
 */
export const calendarFields = (calendar: LocationCalendar | undefined, typed: Form) => ({
  timeZone: typed.timeZone ?? calendar?.timeZone ?? 'Europe/Rome',
  days: weekdays.map((day) => ({
    ...{ code: day, name: weekdayNames[day] },
    ...timesOf(calendar, typed, day),
  })),
  holidays: typed.holidays ?? (calendar?.holidays ?? []).join('\n'),
  closures: typed.closures ?? (calendar?.closures ?? []).map(({ from, to }) => `${from} to ${to}`).join('\n'),
});

function timesOf(calendar: LocationCalendar | undefined, typed: Form, day: Weekday) {
  const hours = calendar?.weekdays[day];
  return {
    open: typed[`${day}.open`] ?? hours?.open ?? '',
    close: typed[`${day}.close`] ?? hours?.close ?? '',
    cutOff: typed[`${day}.cutOff`] ?? hours?.cutOff ?? '',
  };
}

/** What the fields say, to be held against the contract. */
export const calendarOf = (form: Form): object => ({
  timeZone: form.timeZone,
  weekdays: Object.fromEntries(
    weekdays
      .filter((day) => form[`${day}.open`] || form[`${day}.close`])
      .map((day) => [day, hoursOf(form, day)]),
  ),
  ...filled('holidays', listOf(form.holidays)),
  ...filled('closures', listOf(form.closures).map(spanOf)),
});

const hoursOf = (form: Form, day: Weekday): object => ({
  open: form[`${day}.open`],
  close: form[`${day}.close`],
  ...(form[`${day}.cutOff`] && { cutOff: form[`${day}.cutOff`] }),
});

const filled = (name: string, values: readonly unknown[]): object =>
  values.length > 0 ? { [name]: values } : {};

/** One date alone is a closure of a day. */
function spanOf(line: string): { from: string; to: string } {
  const [from = '', to = from] = line.split(/\s+(?:to|–|-)\s+/);
  return { from, to };
}

/** In words, for who only looks: each day's hours, and the days off that are still to come. */
export function calendarInWords(calendar: LocationCalendar, today: string) {
  return {
    timeZone: calendar.timeZone,
    days: weekdays.map((day) => ({ name: weekdayNames[day], hours: calendar.weekdays[day] ?? null })),
    holidays: (calendar.holidays ?? []).filter((date) => date >= today),
    closures: (calendar.closures ?? []).filter(({ to }) => to >= today),
  };
}
