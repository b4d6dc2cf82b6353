import type { Location } from '../../domain/catalogue/location';
import type { Database } from '../connect';
import { locationOf, type LocationRow } from './location-row';

export async function findLocation(db: Database, id: string): Promise<Location | null> {
  const row = await db<LocationRow>('locations').where({ id }).first();
  return row ? locationOf(row) : null;
}
