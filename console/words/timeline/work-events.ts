import type { Data, Tellers } from './event-data';

/** What locations, suppliers and carriers do for an order. */
export const workEvents: Tellers = {
  workReleased: () => 'Work released to its locations',
  workJoined: () => [
    'What was set aside leaves as one',
    'Pieces that came one by one are one fulfillment of their location',
  ],
  carriedOut: (data) => [`Carried out of ${data.place()}`, undefined, 'good'],
  workConfirmed: (data) => `${data.place()} will ship it`,
  supplierReminded: () => 'The supplier was reminded',
  supplierLate: (data) => `${data.place()} confirmed and is late`,
  pickingStarted: (data) => `Picking started at ${data.place()}`,
  packed: (data) => {
    const count = data.list('packages').length;
    return `Packed at ${data.place()} in ${count} ${count === 1 ? 'package' : 'packages'}`;
  },
  shipmentBooked: (data) => [
    `Carrier ${data.text('carrier')} booked, labels made`,
    data.text('trackingNumbers'),
  ],
  bookingRefused: (data) => ['The carrier refused the parcel', data.text('message'), 'bad'],
  shipped: (data) => [`Handed over to the carrier by ${data.place()}`, undefined, 'busy'],
  arrivedAtStore: (data) => [
    `Arrived at ${data.place()}: ${data.lines() || 'nothing of it'}`,
    data.list('short').length > 0 ? 'Some came damaged or not at all: that is sourced anew' : undefined,
    data.list('short').length > 0 ? 'warn' : 'busy',
  ],
  keptAtStore: (data) => [`Kept at ${data.place()} until the rest of the pickup is there`, undefined, 'busy'],
  notAtStore: (data) => [
    `It will not arrive at ${data.place()}`,
    data.text('status') === 'returned' ? 'It goes back to its sender, as a transfer' : 'The carrier lost it',
    'bad',
  ],
  handOverLate: (data) => [`${data.place()} has not handed the parcel over in time`, undefined, 'warn'],
  deliveryLate: () => ['The parcel is late', undefined, 'warn'],
  readyForPickup: (data) => `Ready to be collected at ${data.place()}`,
  collected: (data) => [`Collected at ${data.place()}`, undefined, 'good'],
  delivered: () => ['Delivered', undefined, 'good'],
  goodsReceived: (data) => [
    `${data.place()} took goods in`,
    arrivalOf(data),
    data.list('lost').length > 0 ? 'warn' : 'good',
  ],
  'parcel.inTransit': (data) => ['Parcel in transit', parcelDetail(data)],
  'parcel.outForDelivery': (data) => ['Parcel out for delivery', parcelDetail(data)],
  'parcel.delivered': (data) => ['Parcel delivered', parcelDetail(data), 'good'],
  'parcel.failed': (data) => ['Delivery attempt failed', parcelDetail(data), 'warn'],
  'parcel.returned': (data) => ['Parcel goes back to the sender', parcelDetail(data), 'bad'],
  'parcel.lost': (data) => ['Parcel lost', parcelDetail(data), 'bad'],
  fulfillmentRejected: (data) => [`${data.place()} cannot do it`, rejectionDetail(data), 'warn'],
  fulfillmentExpired: (data) => ['A location did not act in time', data.text('reason'), 'warn'],
};

const parcelDetail = (data: Data): string =>
  [data.text('trackingNumber'), data.text('description')].filter(Boolean).join(' · ');

const findings: Record<string, string> = {
  missing: 'counted away there',
  damaged: 'put aside there',
};

const rejectionDetail = (data: Data): string => {
  const finding = findings[data.text('finding')];
  return finding ? `${data.text('reason')} · ${data.text('skus')} ${finding}` : data.text('reason');
};

/** Pieces of an internal order as they arrived: what was damaged, missing or too many is said. */
function arrivalOf(data: Data): string {
  const arrived = data.list('lines').map(({ sku, quantity, damaged, surplus }) => {
    const broken = Number(damaged) > 0 ? `, ${String(damaged)} damaged` : '';
    const extra = Number(surplus) > 0 ? `, ${String(surplus)} too many` : '';
    return `${String(quantity)} × ${String(sku)}${broken}${extra}`;
  });
  const lost = data.list('lost').map(({ sku, quantity }) => `${String(quantity)} × ${String(sku)} lost`);
  return [...arrived, ...lost].join('; ');
}
