import type { Services } from '../../api/services';

/** More locations than anybody has. */
const all = 200;

/** Names of the locations by id; an unknown one keeps its id. */
export async function readLocationNames({ catalogue }: Services): Promise<(id: string) => string> {
  const { items } = await catalogue.listLocations({ limit: all });
  return namesOf(items);
}

/** The same of locations that were read already. */
export function namesOf(locations: readonly { id: string; name: string }[]): (id: string) => string {
  const names = new Map(locations.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}
