import type { ConsoleReads, Place } from '../dependencies';

type Reads = Pick<ConsoleReads, 'readPlaces'>;
const { compare } = new Intl.Collator('en', { numeric: true });

/** Every location, by name: menus offer them all, and no place is called by its id because there are many. */
export async function readPlaces(reads: Reads): Promise<Place[]> {
  const all = await reads.readPlaces();
  return all.sort((a, b) => compare(a.name, b.name));
}

/** Names of the locations by id, of all or of some; an unknown one keeps its id. */
export async function readPlaceNames(reads: Reads, ids?: string[]): Promise<(id: string) => string> {
  return namesOf(ids?.length === 0 ? [] : await reads.readPlaces(ids));
}

/** The same of what was read already. */
export function namesOf(places: readonly { id: string; name: string }[]): (id: string) => string {
  const names = new Map(places.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}
