import type { OrderAnswer } from '../../../api/services/orders';
import { allowedFulfillmentActions } from '../../../domain/shipping/fulfillment-actions';
import type { Visit } from '../../desk';

type Fulfillment = OrderAnswer['fulfillments'][number];
type Name = (id: string) => string;

/** The work of one location, with what this person may do on it. */
export function fulfillmentOf(
  each: Fulfillment,
  order: OrderAnswer,
  visit: Visit,
  locationName: Name,
  titleOf: Name,
) {
  const allowed =
    each.releasedAt === null || order.status === 'onHold'
      ? []
      : allowedFulfillmentActions(each as Parameters<typeof allowedFulfillmentActions>[0]);
  const documents = order.documents.filter(
    (document) =>
      document.kind === 'shippingLabel' &&
      each.packages.some((parcel) => parcel.labelDocumentId === document.id),
  );
  return {
    ...each,
    locationName: locationName(each.locationId),
    storeName: each.pickupLocationId && locationName(each.pickupLocationId),
    isWaiting: each.releasedAt === null && each.status === 'allocated',
    lines: each.lines.map((line) => ({ ...line, title: titleOf(line.lineId) })),
    packages: each.packages.map((parcel) => ({
      ...parcel,
      lines: parcel.lines.map((line) => ({ ...line, title: titleOf(line.lineId) })),
    })),
    documents,
    can: Object.fromEntries(
      allowed.filter((action) => visit.may(`${action}Fulfillment`)).map((action) => [action, true]),
    ),
    page: 'order',
  };
}
