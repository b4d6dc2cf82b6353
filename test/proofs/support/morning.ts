import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProblem } from '../../../api/client';
import { createClients, type Clients } from '../../../scripts/patient-client';
import { readAcceptedOrder } from '../../../scripts/read-accepted-order';
import type { OrderView } from '../../support/shop';
import type { Machines } from './machines';

export const piecePrice = 2440;
export const shippingPrice = 490;
const patienceMs = 180_000;

/** One order of a morning, and what its money and its parcels must come to. */
export interface PlannedOrder {
  reference: string;
  sku: string;
  quantity: number;
  token: string;
  /** How many locations must share it. */
  parts: number;
  total: number;
}

/** Every fourth order is shared by two locations; every sixth pays with a provider that is out of reach twice. */
export function planMorning(prefix: string, count: number): PlannedOrder[] {
  return Array.from({ length: count }, (_, index) => {
    const isShared = index % 4 === 3;
    const quantity = isShared ? 2 : 1;
    return {
      reference: `${prefix}-${index + 1}`,
      sku: isShared ? `${prefix}-SHARED-${index + 1}` : `${prefix}-PLAIN`,
      quantity,
      token: index % 6 === 5 ? 'tok_unavailable_twice' : 'tok_ok',
      parts: isShared ? 2 : 1,
      total: quantity * piecePrice + shippingPrice,
    };
  });
}

const clientsOf = ({ baseUrl, keys }: Machines): Clients =>
  createClients({ baseUrl, keys, console: null, mail: null, carrier: 'manual' }, patienceMs);

/** Channel, locations and stock for the orders: exactly as much as they take. */
export async function stockUp(machines: Machines, orders: readonly PlannedOrder[]): Promise<void> {
  const { admin } = clientsOf(machines);
  // The return window closes at once: orders are to reach their end while one looks on.
  await admin.put('/v1/channels/web', { type: 'webshop', name: 'Proof', settings: { returnWindow: 'PT1S' } });
  const address = { line1: 'Via Uno 1', postalCode: '40100', city: 'Bologna', country: 'IT' };
  for (const id of ['north', 'south'])
    await admin.put(`/v1/locations/${id}`, {
      type: 'warehouse',
      name: id,
      address,
      capabilities: ['ship', 'returns'],
    });
  const pieces = new Map<string, number>();
  for (const { sku } of orders) pieces.set(sku, (pieces.get(sku) ?? 0) + 1);
  for (const [sku, quantity] of pieces) {
    await admin.put(`/v1/products/${sku}`, { title: sku, weightGrams: 400, taxRateBps: 2200 });
    const places = orders.find((order) => order.sku === sku)!.parts === 2 ? ['north', 'south'] : ['north'];
    const movements = places.map((locationId) => ({ sku, locationId, type: 'receipt', quantity }));
    await admin.post('/v1/stock/movements', { movements }, { idempotencyKey: `stock-${sku}` });
  }
}

/**
 * Plays channel, warehouse and carrier for all orders at once, each asking again until it is answered. `onStep`
 * hears of every step that was answered. Returns the orders as they ended.
 */
export async function playMorning(
  machines: Machines,
  orders: readonly PlannedOrder[],
  onStep: () => void,
): Promise<OrderView[]> {
  const clients = clientsOf(machines);
  return Promise.all(orders.map((order) => playOrder(clients, order, onStep)));
}

export const stepsOf = (orders: readonly PlannedOrder[]): number =>
  orders.reduce((sum, { parts }) => sum + 2 + parts * 3, 0);

async function playOrder(as: Clients, planned: PlannedOrder, onStep: () => void): Promise<OrderView> {
  const placed = await as.channel.post<{ id: string }>('/v1/orders', bodyOf(planned), {
    idempotencyKey: planned.reference,
  });
  onStep();
  const read = (): Promise<OrderView> => readAcceptedOrder(as.support, placed.id, patienceMs);
  const confirmed = await until(read, ({ fulfillments }) =>
    isWhole(fulfillments, planned.parts, ({ releasedAt }) => releasedAt !== null),
  );
  for (const { id, lines } of confirmed.fulfillments) {
    const name = `/v1/fulfillments/${id}`;
    const packages = [{ type: 'box', weightGrams: 900, lines: lines.map(lineOf) }];
    await insist(() => as.warehouse.post(`${name}/pack`, { packages }, { idempotencyKey: `pack-${id}` }));
    onStep();
    await insist(() => as.warehouse.post(`${name}/ship`, {}, { idempotencyKey: `ship-${id}` }));
    onStep();
    const shipped = await until(read, (view) => trackingOf(view, id) !== null);
    await as.carrier.post('/v1/carriers/sandbox/events', { events: eventsOf(trackingOf(shipped, id)!) });
    onStep();
  }
  const end = await until(read, ({ status }) => status === 'completed' || status === 'cancelled');
  onStep();
  return end;
}

const isWhole = (parts: OrderView[], count: number, is: (part: OrderView) => boolean): boolean =>
  parts.length === count && parts.every(is);

const lineOf = ({ lineId, quantity }: OrderView) => ({ lineId, quantity });

function trackingOf(view: OrderView, fulfillmentId: string): string | null {
  const part = view.fulfillments.find(({ id }: OrderView) => id === fulfillmentId);
  return part?.packages[0]?.trackingNumber ?? null;
}

/** A disorderly carrier: the last scan first, and twice. */
function eventsOf(trackingNumber: string): object[] {
  const scan = (status: string, minutesAgo: number) => ({
    ...{ id: `${trackingNumber}-${status}`, trackingNumber, status },
    occurredAt: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
  });
  const delivered = scan('delivered', 0);
  return [delivered, scan('inTransit', 10), delivered];
}

/** A conflict may be of the moment: the order has not heard yet of what the asker has seen. */
async function insist(ask: () => Promise<unknown>): Promise<void> {
  await until(
    () =>
      ask().then(
        () => true,
        (error: unknown) => {
          if (error instanceof ApiProblem && error.status === 409) return false;
          throw error;
        },
      ),
    (done) => done,
  );
}

async function until<T>(ask: () => Promise<T>, is: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (is(answer)) return answer;
    if (Date.now() > end) throw new Error(`It did not get there:\n${JSON.stringify(answer, null, 1)}`);
    await sleep(150);
  }
}

function bodyOf(planned: PlannedOrder): object {
  const money = (amount: number) => ({ amount, currency: 'EUR' });
  const { sku, quantity, reference, token, total } = planned;
  return {
    channel: 'web',
    externalReference: reference,
    currency: 'EUR',
    customer: { email: 'anna@example.org', name: 'Anna Bianchi', locale: 'it' },
    shippingAddress: {
      name: 'Anna Bianchi',
      line1: 'Via Roma 12',
      postalCode: '40121',
      city: 'Bologna',
      country: 'IT',
    },
    lines: [{ sku, quantity, unitPrice: money(piecePrice), taxRateBps: 2200 }],
    shipping: { method: 'standard', price: money(shippingPrice) },
    delivery: { mode: 'ship' },
    tenders: [{ method: 'card', token, amount: money(total) }],
    total: money(total),
  };
}
