import type { OrderAnswer } from '../../../api/services/orders';
import type { Language } from '../../../domain/language';
import { addressLines } from '../../../domain/order/address-lines';
import { destinationOf } from '../../../domain/order/destination';
import type { ConsoleDependencies } from '../../dependencies';
import { destinationsOf, type OrderPlace } from '../../order-places';

interface Place {
  /** As on an envelope. */
  lines: string[];
  /** What of the order goes there, where it goes to several places. */
  goods: OrderAnswer['lines'];
}

/** Where the goods of an order go: addresses that they are sent to, stores at which their customer collects them. */
export async function whereTo(
  { services }: ConsoleDependencies,
  order: OrderAnswer,
  language: Language,
): Promise<{ addresses: Place[]; stores: Place[] }> {
  const places = destinationsOf(order);
  const goodsOf = ({ lines }: OrderPlace) =>
    places.length > 1 ? lines.filter(({ quantity }) => quantity > 0) : [];
  const stores = places.map(async (place): Promise<Place[]> => {
    const { mode, locationId } = place.there.delivery;
    if (mode !== 'pickup' || locationId === undefined) return [];
    const { name, address } = await services.catalogue.findLocation(locationId);
    return [{ lines: addressLines({ ...address, name }, language), goods: goodsOf(place) }];
  });
  return {
    addresses: places
      .filter(({ there }) => there.delivery.mode === 'ship')
      .map((place) => ({
        lines: addressLines(destinationOf(place.there), language),
        goods: goodsOf(place),
      })),
    stores: (await Promise.all(stores)).flat(),
  };
}
