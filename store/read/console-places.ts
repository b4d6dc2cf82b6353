import type { Location } from '../../domain/catalogue/location';
import type { Database } from '../connect';

/** As much of a location as menus and lists tell. */
export interface Place extends Pick<Location, 'id' | 'name' | 'type' | 'capabilities'> {
  address: { city: string; country: string };
}

/** Locations, all of them or some, in one read however many there are: nearly every page names them. */
export async function readPlaces(db: Database, ids?: string[]): Promise<Place[]> {
  const query = db('locations').select<PlaceRow[]>(
    ...['id', 'name', 'type', 'capabilities'],
    db.raw(`address ->> 'city' AS city, address ->> 'country' AS country`),
  );
  if (ids) void query.whereRaw('id = ANY (?)', [ids]);
  return (await query).map(({ city, country, ...row }) => ({ ...row, address: { city, country } }));
}

interface PlaceRow extends Omit<Place, 'address'> {
  city: string;
  country: string;
}
