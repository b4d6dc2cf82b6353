import type { PickupStore } from '../order/to-store';
import type { LocationCalendar } from '../time/calendar';
import type { PromisePlace } from './leaving';

/** What is known of all locations, by location. */
export interface KnownOfPlaces {
  calendars: Readonly<Record<string, LocationCalendar>>;
  actWithinMs: Readonly<Record<string, number>>;
}

/** A location that would be given work: it begins at once. */
export function placeOf(
  { locationId, name, country, postalCode }: Omit<PromisePlace, 'calendar' | 'actWithinMs' | 'queue'>,
  { calendars, actWithinMs }: KnownOfPlaces,
): PromisePlace {
  const calendar = calendars[locationId];
  return {
    ...{ locationId, name, country, postalCode, actWithinMs: actWithinMs[locationId] ?? 0 },
    ...(calendar && { calendar }),
  };
}

/** A store at which others have what they send collected. */
export function placeOfStore(
  locationId: string,
  { name, address: { country, postalCode }, actWithinMs, calendar }: PickupStore,
): PromisePlace {
  return { locationId, name, country, postalCode, actWithinMs, ...(calendar && { calendar }) };
}
