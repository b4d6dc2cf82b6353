import { createApiClient, type ApiClient } from '../../api/client';
import type { Role } from '../../domain/access';
import type { TestSystem } from './system';

/** A small shop in the system under test, and the people who work with it through the API. */
export interface Shop {
  as: Record<Role, ApiClient>;
  /** A product with stock by location; returns its SKU. */
  stock(sku: string, byLocation: Record<string, number>): Promise<void>;
  place(order: OrderSketch): Promise<PlacedAnswer>;
  order(id: string): Promise<OrderView>;
  /** Reads the order until it is as asked; fails with the last view. */
  untilOrder(id: string, is: (view: OrderView) => boolean): Promise<OrderView>;
  /** Reads the story until it tells of a type of event (so many times). */
  untilEvent(id: string, type: string, times?: number): Promise<void>;
  pack(view: OrderView, fulfillmentId: string): Promise<void>;
  report(view: OrderView, status: string): Promise<void>;
  fastForward(id: string, duration: string): Promise<void>;
  /** What the customer would read in the mail. */
  pickupCode(fulfillmentId: string): Promise<string>;
}

export interface OrderSketch {
  reference: string;
  lines: { sku: string; quantity: number; destination?: string }[];
  /** Several places to go to. */
  destinations?: object[];
  tenders?: { method: string; amount?: number; token?: string }[];
  mode?: 'ship' | 'pickup';
  locationId?: string;
  /** "YYYY-MM-DD" */
  promisedBy?: string;
  locale?: string;
  name?: string;
  preference?: object;
  reservationId?: string;
}
export interface PlacedAnswer {
  id: string;
  number: string;
  status: string;
  decision?: string;
}

// The view is what the API's document promises; tests look at what they need.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type OrderView = any;

export const piecePrice = 2440;
export const shippingPrice = 490;
const usualPatienceMs = 25_000;

const places = {
  north: { city: 'Bolzano', postalCode: '39100', country: 'IT', point: { lat: 46.5, lng: 11.35 } },
  south: { city: 'Napoli', postalCode: '80100', country: 'IT', point: { lat: 40.85, lng: 14.27 } },
  store: { city: 'Bologna', postalCode: '40124', country: 'IT', point: { lat: 44.49, lng: 11.34 } },
};

/** `as` and `patienceMs` are for a system that is not always there. */
export async function openShop(
  system: Pick<TestSystem, 'apiUrl' | 'keys' | 'db'>,
  { as = clientsOf(system), patienceMs = usualPatienceMs } = {},
): Promise<Shop> {
  await as.admin.put('/v1/channels/web', { type: 'webshop', name: 'Test shop' });
  for (const [id, place] of Object.entries(places))
    await as.admin.put(`/v1/locations/${id}`, {
      type: id === 'store' ? 'store' : 'warehouse',
      name: `Location ${id}`,
      address: { name: `Location ${id}`, line1: 'Via Uno 1', ...place },
      capabilities: id === 'store' ? ['pickup', 'returns'] : ['ship', 'returns'],
    });

  const order = (id: string): Promise<OrderView> => as.support.get(`/v1/orders/${id}`);

  return {
    as,
    order,

    async stock(sku, byLocation) {
      await as.admin.put(`/v1/products/${sku}`, {
        title: `Product ${sku}`,
        weightGrams: 400,
        taxRateBps: 2200,
      });
      const movements = Object.entries(byLocation).map(([locationId, quantity]) => ({
        sku,
        locationId,
        type: 'receipt',
        quantity,
      }));
      if (movements.length > 0) await as.admin.post('/v1/stock/movements', { movements });
    },

    place: (sketch) => as.channel.post('/v1/orders', bodyOf(sketch), { wait: 10 }),

    untilOrder: (id, is) => readUntil(() => order(id), is, patienceMs),

    async untilEvent(id, type, times = 1) {
      const read = (): Promise<OrderView> => as.support.get(`/v1/orders/${id}/events`);
      await readUntil(
        read,
        ({ items }) => items.filter((event: OrderView) => event.type === type).length >= times,
        patienceMs,
      );
    },

    async pack(view, fulfillmentId) {
      const { lines } = view.fulfillments.find((each: { id: string }) => each.id === fulfillmentId);
      const packages = [{ type: 'box', weightGrams: 900, lines }];
      await as.warehouse.post(`/v1/fulfillments/${fulfillmentId}/pack`, {
        packages: packages.map((each) => ({
          ...each,
          lines: each.lines.map(({ lineId, quantity }: { lineId: string; quantity: number }) => ({
            lineId,
            quantity,
          })),
        })),
      });
    },

    async report(view, status) {
      const events = view.fulfillments
        .flatMap((each: OrderView) => each.packages)
        .filter((parcel: OrderView) => parcel.trackingNumber)
        .map((parcel: OrderView) => ({
          id: `${status}-${parcel.trackingNumber}`,
          trackingNumber: parcel.trackingNumber,
          status,
          occurredAt: new Date().toISOString(),
        }));
      await as.carrier.post('/v1/carriers/sandbox/events', { events });
    },

    async pickupCode(fulfillmentId) {
      const row = await system.db('fulfillments').where('id', fulfillmentId).first('pickup_code');
      return row.pickup_code;
    },

    async fastForward(id, duration) {
      await as.admin.post(`/v1/dev/orders/${id}/fast-forward`, { duration });
    },
  };
}

const clientsOf = ({ apiUrl, keys }: Pick<TestSystem, 'apiUrl' | 'keys'>): Record<Role, ApiClient> =>
  Object.fromEntries(
    Object.entries(keys).map(([role, key]) => [role, createApiClient({ baseUrl: apiUrl, key })]),
  ) as Record<Role, ApiClient>;

async function readUntil(
  read: () => Promise<OrderView>,
  is: (view: OrderView) => boolean,
  patienceMs: number,
): Promise<OrderView> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const view = await read();
    if (is(view)) return view;
    if (Date.now() > end) throw new Error(`It did not get there:\n${JSON.stringify(view, null, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

function bodyOf(sketch: OrderSketch): object {
  const money = (amount: number) => ({ amount, currency: 'EUR' });
  const pieces = sketch.lines.reduce((sum, line) => sum + line.quantity, 0);
  const total = pieces * piecePrice + shippingPrice;
  const tenders = sketch.tenders ?? [{ method: 'card', token: 'tok_ok' }];
  return {
    channel: 'web',
    externalReference: sketch.reference,
    currency: 'EUR',
    customer: {
      email: 'anna@example.org',
      name: sketch.name ?? 'Anna Bianchi',
      locale: sketch.locale ?? 'it',
    },
    shippingAddress: {
      name: sketch.name ?? 'Anna Bianchi',
      line1: 'Via Roma 12',
      postalCode: '40121',
      city: 'Bologna',
      country: 'IT',
      point: { lat: 44.5, lng: 11.34 },
    },
    lines: sketch.lines.map((line) => ({ ...line, unitPrice: money(piecePrice), taxRateBps: 2200 })),
    shipping: { method: 'standard', price: money(shippingPrice) },
    ...(sketch.preference && { preference: sketch.preference }),
    ...(sketch.reservationId && { reservationId: sketch.reservationId }),
    delivery: {
      mode: sketch.mode ?? 'ship',
      ...(sketch.promisedBy && { promisedBy: sketch.promisedBy }),
      ...(sketch.locationId ? { locationId: sketch.locationId } : {}),
    },
    ...(sketch.destinations && { destinations: sketch.destinations }),
    tenders: tenders.map(({ amount, ...tender }) => ({ ...tender, amount: money(amount ?? total) })),
    total: money(total),
  };
}
