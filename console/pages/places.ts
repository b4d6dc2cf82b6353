import type { Services } from '../../api/services';
import { readWhole } from './whole-list';

type Location = Awaited<ReturnType<Services['catalogue']['findLocation']>>;

/** Every location, by name: menus offer them all, and no place is called by its id because there are many. */
export async function readLocations({ catalogue }: Pick<Services, 'catalogue'>): Promise<Location[]> {
  const all = await readWhole((paging) => catalogue.listLocations(paging));
  return all.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

/** Names of the locations by id; an unknown one keeps its id. */
export async function readLocationNames(
  services: Pick<Services, 'catalogue'>,
): Promise<(id: string) => string> {
  return namesOf(await readLocations(services));
}

/** The same of locations that were read already. */
export function namesOf(locations: readonly { id: string; name: string }[]): (id: string) => string {
  const names = new Map(locations.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}
