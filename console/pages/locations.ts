import type { RequestHandler } from 'express';
import { ownLocationOf } from '../../api/access';
import { countryName } from '../../domain/order/address-lines';
import type { ConsoleDependencies, WorkCount } from '../dependencies';
import type { Desk } from '../desk';
import { nameOfState } from '../words/tones';
import { isSearchable, pageFrom, placesLike } from './place-list';
import { readPlaces } from './places';
import { queryOf } from './query';
import { workUrl } from './work';

const pageSize = 60;

/** Every location with what waits there: those with work first, the late ones before all. */
export const locationsPage = ({ reads }: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.page('listFulfillments', async (visit) => {
    const query = queryOf(visit.req, ['q', 'busy', 'page']);
    const [all, counts] = await Promise.all([readPlaces(reads), reads.countWork({})]);
    const own = ownLocationOf(visit.principal);
    const seen = all.filter(({ id }) => own === null || id === own);
    const found = placesLike(seen, query.q)
      .map((location) => ({ ...location, ...workOf(counts, location.id) }))
      .filter(({ open }) => query.busy === undefined || open > 0)
      .sort((a, b) => b.late - a.late || Number(b.open > 0) - Number(a.open > 0));
    const { items, ...pages } = pageFrom(found, '/locations', query, pageSize);
    return {
      template: 'locations',
      title: 'Locations',
      data: {
        ...{ ...pages, query, live: '/live' },
        hasLocations: seen.length > 0,
        isSearchable: isSearchable(seen),
        isFiltered: query.q !== undefined || query.busy !== undefined,
        locations: items.map((location) => ({
          ...location,
          typeName: nameOfState(location.type),
          country: countryName(location.address.country, 'en'),
          url: workUrl(location.id),
        })),
      },
    };
  });

function workOf(counts: readonly WorkCount[], id: string) {
  const here = counts.filter((count) => count.locationId === id);
  const sum = (name: 'count' | 'late') => here.reduce((so, count) => so + count[name], 0);
  const of = (state: string) =>
    here.filter(({ status }) => status === state).reduce((so, count) => so + count.count, 0);
  return {
    open: sum('count'),
    late: sum('late'),
    toPick: of('allocated'),
    toPack: of('picking'),
    toHandOver: of('packed'),
    toCollect: of('readyForPickup'),
    toTakeIn: of('returns'),
  };
}
