import { ownLocationOf } from '../../api/access';
import type { Services } from '../../api/services';
import type { Visit } from '../desk';
import { problemView } from '../problem-views';
import type { View } from '../views';
import { urlWith } from './query';

type Location = Awaited<ReturnType<Services['catalogue']['findLocation']>>;

/** The store that somebody works in: that of their key, or the one that they chose. */
export async function readOwnStore(
  services: Services,
  visit: Visit,
  asked?: string,
): Promise<Location | null> {
  const id = ownLocationOf(visit.principal) ?? asked;
  return id === undefined ? null : services.catalogue.findLocation(id);
}

/** Who may work in several stores says in which. */
export async function chooseStore({ catalogue }: Services, path: string, title: string): Promise<View> {
  const { items } = await catalogue.listLocations({ limit: 200 });
  const stores = items.filter(({ type }) => type === 'store');
  if (stores.length === 0) return problemView(title, 'There is no location of type "store" yet.', 404);
  return {
    template: 'choose-store',
    title,
    data: { title, stores: stores.map(({ id, name }) => ({ name, url: urlWith(path, { store: id }) })) },
  };
}
