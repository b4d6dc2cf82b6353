import { weekdayNames, weekdayOf } from '../time/calendar';

/** A local date with its weekday, by which people check it. */
export const dayText = (date: string): string => `${weekdayNames[weekdayOf(date)]} ${date}`;
