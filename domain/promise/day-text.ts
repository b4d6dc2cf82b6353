import { weekdayOf } from '../time/calendar';

const names = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
} as const;

/** A local date with its weekday, by which people check it. */
export const dayText = (date: string): string => `${names[weekdayOf(date)]} ${date}`;
