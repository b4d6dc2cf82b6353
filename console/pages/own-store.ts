import { ownLocationOf } from '../../api/access';
import type { Services } from '../../api/services';
import type { ConsoleDependencies } from '../dependencies';
import type { Visit } from '../desk';
import { problemView } from '../problem-views';
import type { View } from '../views';
import { isSearchable, placesLike } from './place-list';
import { readPlaces } from './places';
import { queryOf, urlWith } from './query';

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

/** Where those who may work in several stores choose another one. */
export const changeStoreUrl = ({ principal }: Visit, path: string): string | null =>
  ownLocationOf(principal) === null ? path : null;

/** Who may work in several stores says in which. */
export async function chooseStore(
  { reads }: Pick<ConsoleDependencies, 'reads'>,
  { req }: Visit,
  path: string,
  title: string,
): Promise<View> {
  const stores = (await readPlaces(reads)).filter(({ type }) => type === 'store');
  if (stores.length === 0) return problemView(title, 'There is no location of type "store" yet.', 404);
  const { q } = queryOf(req, ['q']);
  return {
    template: 'choose-store',
    title,
    data: {
      ...{ title, path, q },
      isSearchable: isSearchable(stores),
      stores: placesLike(stores, q).map(({ id, name, address }) => ({
        ...{ name, city: address.city, url: urlWith(path, { store: id }) },
      })),
    },
  };
}
