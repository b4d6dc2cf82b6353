import { destinationOf } from '../order/destination';
import type { LabelContent, PackingSlipContent } from '../documents';
import type { Address, PlacedOrder } from '../order/types';

/** What the label of one parcel says; of a return when the parcel goes back to us. */
export function labelContent(
  order: PlacedOrder,
  label: Pick<
    LabelContent,
    'kind' | 'carrier' | 'service' | 'sscc' | 'trackingNumber' | 'weightGrams' | 'parcel'
  > & {
    sender: Address;
    recipient: Address;
  },
): LabelContent {
  return { locale: order.customer.locale ?? 'en', number: order.number, ...label };
}

/** What lies in the box with the goods: no prices, because it may be a present. */
export function packingSlipContent(
  order: PlacedOrder,
  slip: {
    seller: string;
    fulfillmentId: string;
    location: PackingSlipContent['location'];
    lines: readonly { sku: string; title: string; quantity: number; gtin: string | null }[];
    packages: PackingSlipContent['packages'];
  },
): PackingSlipContent {
  const { lines, ...rest } = slip;
  return {
    kind: 'packingSlip',
    locale: order.customer.locale ?? 'en',
    number: order.number,
    ...rest,
    shippingAddress: destinationOf(order),
    lines: lines.map(({ gtin, ...line }) => ({ ...line, ...(gtin ? { gtin } : {}) })),
    ...(order.note ? { note: order.note } : {}),
  };
}
