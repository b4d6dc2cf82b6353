import type { Location } from '../../domain/catalogue/location';
import type { Database } from '../connect';
import { pageOf, type Page } from '../page';
import { locationOf, type LocationRow } from './location-row';

/** Locations by id, a page at a time. */
export async function listLocations(
  db: Database,
  input: { after?: string; limit: number },
): Promise<Page<Location, string>> {
  const query = db<LocationRow>('locations')
    .orderBy('id')
    .limit(input.limit + 1);
  if (input.after !== undefined) void query.where('id', '>', input.after);
  return pageOf((await query).map(locationOf), input.limit, (location) => location.id);
}
