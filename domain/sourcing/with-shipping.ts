import { shippingOf, type LocationCalendar } from '../time/calendar';
import { localTime } from '../time/local-time';
import type { Candidate } from './types';

/** The candidate with the day on which it would ship what is ordered at an instant; its days are those of its place. */
export function withShipping(
  candidate: Candidate,
  calendar: LocationCalendar | undefined,
  at: string,
): Candidate {
  const shipping = shippingOf(calendar, at);
  if (calendar === undefined || shipping === null) return candidate;
  return { ...candidate, shipping, today: localTime(at, calendar.timeZone).date };
}
