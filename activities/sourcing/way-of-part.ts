import type { PlacedOrder } from '../../domain/order/types';
import { placeOfStore } from '../../domain/promise/place';
import { wayOf, wayToStore, type PromiseWay } from '../../domain/promise/way';
import type { OrderFacts } from '../../store/order/read-order-facts';
import type { DecidedPart } from './decide-parts';

/** How what was decided for a part of an order goes: to its customer, or to the store at which it is collected. */
export function wayOfPart(
  order: PlacedOrder,
  { decision: { sentTo } }: Pick<DecidedPart, 'decision'>,
  stores: OrderFacts['stores'],
): PromiseWay {
  const known = sentTo && stores[sentTo.locationId];
  return known ? wayToStore(placeOfStore(sentTo.locationId, known)) : wayOf(order);
}
