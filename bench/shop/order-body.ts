import { lineIdOf, orderIdOf, paymentIdOf } from '../../domain/ids';
import type { PlacedOrder } from '../../domain/order/types';

export const shopChannel = 'bench';
export const shopLocation = 'warehouse';

/** As many products as orders are under way, so that they do not all queue for one row of stock. */
export const shopSkus = Array.from({ length: 100 }, (_, index) => `SHIRT-${index + 1}`);

/** Different orders want different products; the same order always wants the same. */
const skuFor = (reference: string): string =>
  shopSkus[[...reference].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % shopSkus.length, 7)]!;

const euros = (amount: number) => ({ amount, currency: 'EUR' });

/** An ordinary order: two pieces of one product, paid by card, shipped. */
export function orderBody(externalReference: string) {
  return {
    channel: shopChannel,
    externalReference,
    currency: 'EUR',
    customer: { email: 'anna@example.org', name: 'Anna Bianchi', locale: 'it' },
    shippingAddress: {
      name: 'Anna Bianchi',
      line1: 'Via Roma 12',
      postalCode: '40121',
      city: 'Bologna',
      country: 'IT',
      point: { lat: 44.5, lng: 11.34 },
    },
    lines: [{ sku: skuFor(externalReference), quantity: 2, unitPrice: euros(2440), taxRateBps: 2200 }],
    shipping: { method: 'standard', price: euros(490) },
    delivery: { mode: 'ship' },
    tenders: [{ method: 'card', token: 'tok_ok', amount: euros(5370) }],
    total: euros(5370),
  };
}

/** What the API makes of such an order and hands to its workflow. */
export function placedOrder(externalReference: string, number: string): PlacedOrder {
  const body = orderBody(externalReference);
  const id = orderIdOf(body.channel, externalReference);
  return {
    ...body,
    id,
    number,
    pricesIncludeTax: true,
    placedAt: new Date().toISOString(),
    lines: body.lines.map((line, index) => ({
      ...line,
      id: lineIdOf(id, index + 1),
      title: 'Linen shirt',
      discount: euros(0),
    })),
    tenders: body.tenders.map((tender, index) => ({ ...tender, id: paymentIdOf(id, index + 1) })),
  } as PlacedOrder;
}
