import { suggestedQuantity } from '../../domain/stock/replenishment';
import { ownLocationOf } from '../access';
import type { Principal } from '../authenticate';
import type { ApiDependencies } from '../dependencies';
import { forbidden, notFound } from '../problem';

export function createReplenishment({ store }: ApiDependencies) {
  return {
    /** What a location could order from the network, with how many pieces its reorder points ask for. */
    async suggest(principal: Principal, locationId: string) {
      const own = ownLocationOf(principal);
      if (own !== null && own !== locationId)
        throw forbidden(`This key orders for the location "${own}" alone`);
      if (!(await store.findLocation(locationId)))
        throw notFound(`There is no location with the id "${locationId}"`);
      const rows = await store.readReplenishment(locationId);
      return { items: rows.map((row) => ({ ...row, suggested: suggestedQuantity(row) })) };
    },
  };
}
