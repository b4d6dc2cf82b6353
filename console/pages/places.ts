import type { Services } from '../../api/services';

/** More locations than anybody has. */
const all = 200;

/** Names of the locations by id; an unknown one keeps its id. */
export async function readLocationNames({ catalogue }: Services): Promise<(id: string) => string> {
  const { items } = await catalogue.listLocations({ limit: all });
  const names = new Map(items.map((location) => [location.id, location.name]));
  return (id) => names.get(id) ?? id;
}
