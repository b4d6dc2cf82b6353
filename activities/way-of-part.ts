import { destinationOf } from '../domain/order/destination';
import { methodToStore } from '../domain/order/to-store';
import type { PlacedOrder } from '../domain/order/types';
import { placeOfStore } from '../domain/promise/at-store';
import type { PromiseWay } from '../domain/promise/part-promise';
import type { OrderFacts } from '../store/order/read-order-facts';
import type { DecidedPart } from './decide-parts';

/** How an order goes to its customer; of one that goes to several places, as it goes to one of them. */
export function wayOf(order: PlacedOrder): PromiseWay {
  const { country, postalCode } = destinationOf(order);
  const { delivery, shipping } = order;
  return {
    mode: delivery.mode === 'pickup' ? 'pickup' : 'ship',
    ...{ service: shipping.method, country, postalCode },
    shopCarrier: delivery.parcelShop?.carrier ?? null,
  };
}

/** How what was decided for a part of it goes: what others send goes to the store, which has to take it in. */
export function wayOfPart(
  order: PlacedOrder,
  { decision: { sentTo } }: Pick<DecidedPart, 'decision'>,
  stores: OrderFacts['stores'],
): PromiseWay {
  const known = sentTo && stores[sentTo.locationId];
  if (!known) return wayOf(order);
  const store = placeOfStore(sentTo.locationId, known);
  const { country, postalCode = '' } = store;
  return { mode: 'shipToStore', service: methodToStore, country, postalCode, shopCarrier: null, store };
}
