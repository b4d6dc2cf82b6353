import { destinationOf } from '../order/destination';
import { methodToStore } from '../order/to-store';
import type { PlacedOrder } from '../order/types';
import type { FulfillmentMode } from '../shipping/fulfillment-actions';
import type { PromisePlace } from './leaving';

/** How goods reach a destination, and in which country that is. */
export interface PromiseWay {
  mode: FulfillmentMode;
  service: string;
  country: string;
  postalCode: string;
  /** Of the parcel shop that the parcels go to. */
  shopCarrier: string | null;
  /** Of what is sent there: the store at which it is collected. */
  store?: PromisePlace;
}

/** How an order goes to its customer; of one that goes to several places, as it goes to one of them. */
export function wayOf(order: Pick<PlacedOrder, 'shippingAddress' | 'delivery' | 'shipping'>): PromiseWay {
  const { country, postalCode } = destinationOf(order);
  const { delivery, shipping } = order;
  return {
    mode: delivery.mode === 'pickup' ? 'pickup' : 'ship',
    ...{ service: shipping.method, country, postalCode },
    shopCarrier: delivery.parcelShop?.carrier ?? null,
  };
}

/** How what others send goes to the store at which it is collected, which has to take it in. */
export const wayToStore = (store: PromisePlace): PromiseWay => ({
  ...{ mode: 'shipToStore', service: methodToStore, shopCarrier: null },
  ...{ country: store.country, postalCode: store.postalCode ?? '', store },
});
