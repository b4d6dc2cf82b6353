import type { Address, PlacedOrder } from './types';

type Delivered = Pick<PlacedOrder, 'shippingAddress' | 'delivery'>;

/** Where the parcels of an order go: to the customer, or to a parcel shop in the customer's name. */
export function destinationOf({ shippingAddress, delivery }: Delivered): Address {
  const shop = delivery.parcelShop;
  if (!shop) return shippingAddress;
  const { line1, line2, phone: _, ...place } = shop.address;
  return {
    ...place,
    name: shippingAddress.name,
    line1: `${shop.name} (${shop.id})`,
    line2: line2 === undefined ? line1 : `${line1}, ${line2}`,
    ...(shippingAddress.phone !== undefined && { phone: shippingAddress.phone }),
  };
}

/** The parcel shop as mails name it; null where the parcels go to the customer. */
export const parcelShopOf = (order: Delivered): { name: string; address: Address } | null =>
  order.delivery.parcelShop ? { name: order.delivery.parcelShop.name, address: destinationOf(order) } : null;
