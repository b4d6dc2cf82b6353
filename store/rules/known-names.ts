import type { KnownNames } from '../../domain/rules/warnings';
import type { LocationRow } from '../catalogue/location-row';
import type { Database } from '../connect';

/** What there is now of what rules name. @param categories those that they name */
export async function readKnownNames(db: Database, categories: readonly string[]): Promise<KnownNames> {
  const [locations, channelTypes, found] = await Promise.all([
    db<LocationRow>('locations').select('id', 'type', 'priority', 'tags', 'address'),
    db('channels').distinct().pluck<string[]>('type'),
    db('products').distinct().whereIn('category', categories).pluck<string[]>('category'),
  ]);
  return {
    locations: locations.map(({ address, ...rest }) => ({ ...rest, country: address.country })),
    channelTypes,
    categories: found,
  };
}
