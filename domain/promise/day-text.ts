import { weekdayNames, weekdayOf } from '../time/calendar';

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** A local date (YYYY-MM-DD) as people say it, with the weekday by which they check it: Thursday 5 March 2026. */
export function dayText(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${weekdayNames[weekdayOf(date)]} ${day} ${months[month! - 1]} ${year}`;
}
