import type { LocationCalendar } from '../../domain/time/calendar';
import type { Database } from '../connect';

/** Calendars of some locations by id; one that has none is left out. */
export async function readCalendars(db: Database, ids: string[]): Promise<Record<string, LocationCalendar>> {
  const rows = await db('locations')
    .whereRaw('id = ANY (?)', [ids])
    .whereNotNull('calendar')
    .select<{ id: string; calendar: LocationCalendar }[]>('id', 'calendar');
  return Object.fromEntries(rows.map(({ id, calendar }) => [id, calendar]));
}
