import type { OrderAnswer } from '../../../api/services/orders';
import { addressLines } from '../../../domain/order/address-lines';
import { destinationOf } from '../../../domain/order/destination';
import { dayText } from '../../../domain/promise/day-text';
import { destinationsOf } from '../../order-places';

/** Where the order's lines go, each with its lines. */
export const placesOf = (order: OrderAnswer, locationName: (id: string) => string) =>
  destinationsOf(order).map(({ destination, there, lines }) => ({
    destination,
    name: there.shippingAddress.name,
    lines,
    address: addressLines(destinationOf(there), 'en'),
    isPickup: there.delivery.mode === 'pickup',
    isParcelShop: there.delivery.parcelShop !== undefined,
    promisedBy: there.delivery.promisedBy && dayText(there.delivery.promisedBy),
    pickupAt: there.delivery.locationId && locationName(there.delivery.locationId),
    method: there.shipping.method,
    price: order.destinations.find(({ id }) => id === destination)?.shipping?.price,
  }));
