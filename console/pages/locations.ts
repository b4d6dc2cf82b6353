import type { RequestHandler } from 'express';
import { ownLocationOf } from '../../api/access';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk } from '../desk';
import { countryName } from '../../domain/order/address-lines';
import { nameOfState } from '../words/tones';
import { workUrl } from './work';

/** Every location with what waits there. */
export const locationsPage = ({ services, reads }: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.page('listFulfillments', async (visit) => {
    const [{ items }, counts] = await Promise.all([
      services.catalogue.listLocations({ limit: 200 }),
      reads.countWork({}),
    ]);
    const own = ownLocationOf(visit.principal);
    const seen = items.filter(({ id }) => own === null || id === own);
    const locations = seen.map((location) => {
      const here = counts.filter((count) => count.locationId === location.id);
      const sum = (name: 'count' | 'late') => here.reduce((so, count) => so + count[name], 0);
      const of = (...states: string[]) =>
        here.filter((count) => states.includes(count.status)).reduce((so, count) => so + count.count, 0);
      return {
        ...location,
        typeName: nameOfState(location.type),
        country: countryName(location.address.country, 'en'),
        url: workUrl(location.id),
        open: sum('count'),
        late: sum('late'),
        toPick: of('allocated'),
        toPack: of('picking'),
        toHandOver: of('packed'),
        toCollect: of('readyForPickup'),
        toTakeIn: of('returns'),
      };
    });
    return {
      template: 'locations',
      title: 'Locations',
      data: { locations, live: '/live' },
    };
  });
