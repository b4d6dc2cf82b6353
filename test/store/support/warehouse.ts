import { createSourceActivities, type Sourced } from '../../../activities/sourcing/source';
import type { ActivityDependencies } from '../../../activities/dependencies';
import { lineIdOf, orderIdOf, paymentIdOf } from '../../../domain/ids';
import type { OrderDeliveryMode, ParcelShop, PlacedOrder, TenderMethod } from '../../../domain/order/types';
import { createStore, type Store } from '../../../store';
import { saveChannel } from '../../../store/catalogue/save-channel';
import { saveLocation } from '../../../store/catalogue/save-location';
import { saveProduct } from '../../../store/catalogue/save-product';
import { connect, type Database } from '../../../store/connect';
import { recordMovement } from '../../../store/stock/record-movement';
import { createTestDatabase } from '../../support/database';

export const at = '2026-03-02T10:00:00.000Z';
/** `minutes` after the common beginning: for what came before or after something else. */
export const atMinute = (minutes: number): string =>
  new Date(Date.parse(at) + minutes * 60_000).toISOString();

export const eur = (amount: number) => ({ amount, currency: 'EUR' });
export const piecePrice = 1220;
export const shippingPrice = 610;

export interface OrderSketch {
  channel?: string;
  lines: { sku: string; quantity: number; destination?: string }[];
  /** Named by lines that go elsewhere than the rest. */
  destinations?: string[];
  mode?: OrderDeliveryMode;
  toLocationId?: string;
  locationId?: string;
  tenders?: { method: TenderMethod; amount?: number; token?: string }[];
  postalCode?: string;
  parcelShop?: ParcelShop;
  at?: string;
  reservationId?: string;
}

/** A retailer in a database of its own: three locations, a channel, and the order's first steps. */
export interface Warehouse {
  db: Database;
  databaseUrl: string;
  store: Store;
  /** A product that nobody else in the file uses. */
  freshSku(): Promise<string>;
  receive(sku: string, locationId: string, quantity: number, key?: string): ReturnType<typeof recordMovement>;
  /** An order that nobody has written down yet. */
  sketchOrder(sketch: OrderSketch): PlacedOrder;
  /** An order that is written down and nothing more. */
  recordOrder(sketch: OrderSketch): Promise<PlacedOrder>;
  /** Chooses locations and takes their stock, as the order's workflow has it done. */
  source(order: PlacedOrder, round?: number, when?: string): Promise<Sourced>;
  /** Shows the work to its locations, so that they may act. */
  release(order: PlacedOrder, fulfillmentIds: string[]): Promise<void>;
  close(): Promise<void>;
}

const providers: Partial<Record<TenderMethod, string>> = {
  giftCard: 'credit',
  storeCredit: 'credit',
  bankTransfer: 'offline',
  cashOnDelivery: 'offline',
};
export const locations = ['alpha', 'beta', 'gamma'];
const actor = 'test';

export async function openWarehouse(connections = 12): Promise<Warehouse> {
  const database = await createTestDatabase();
  const db = connect(database.url, connections);
  const store = createStore(db);
  // Two, as two processes have: what comes to the same store at the same time shares a statement.
  const sourcing = [store, createStore(db)].map((each) =>
    createSourceActivities({ store: each } as ActivityDependencies),
  );
  await saveChannel(db, { code: 'web', type: 'webshop', name: 'Test shop', settings: {} });
  // Of another order than their names, so that locks that are taken by priority show.
  for (const [index, id] of locations.entries())
    await saveLocation(db, {
      id,
      type: 'warehouse',
      name: `Location ${id}`,
      address: { name: id, line1: 'Via Uno 1', postalCode: '40100', city: 'Bologna', country: 'IT' },
      capabilities: ['ship', 'pickup', 'returns'],
      priority: 10 - index,
      actWithinMs: 3_600_000,
    });
  let skus = 0;
  let orders = 0;
  let receipts = 0;
  let sourcings = 0;

  return {
    db,
    databaseUrl: database.url,
    store,
    sketchOrder: (sketch) => orderOf((orders += 1), sketch),

    async freshSku() {
      const sku = `SKU-${(skus += 1)}`;
      await saveProduct(db, { sku, title: `Product ${sku}` });
      return sku;
    },

    receive: (sku, locationId, quantity, key = `receipt-${(receipts += 1)}`) =>
      recordMovement(db, { key, movement: { sku, locationId, type: 'receipt', quantity }, actor, at }),

    async recordOrder(sketch) {
      const order = orderOf((orders += 1), sketch);
      await store.recordOrder({
        order,
        at: order.placedAt,
        holds: [],
        lineGross: order.lines.map((line) => line.quantity * piecePrice),
        payments: order.tenders.map(({ id, method }) => ({
          id,
          provider: providers[method] ?? 'sandbox',
          transferReference: method === 'bankTransfer' ? `RF-${id}` : null,
        })),
      });
      return order;
    },

    source: (order, round = 1, when = order.placedAt) =>
      sourcing[(sourcings += 1) % 2]!.sourceOrder({ orderId: order.id, round, at: when }),

    release: (order, fulfillmentIds) =>
      store.releaseWork({ release: fulfillmentIds, step: { orderId: order.id, at, status: 'confirmed' } }),

    async close() {
      await db.destroy();
      await database.drop();
    },
  };
}

function orderOf(serial: number, sketch: OrderSketch): PlacedOrder {
  const externalReference = `T-${serial}`;
  const channel = sketch.channel ?? 'web';
  const id = orderIdOf(channel, externalReference);
  const pieces = sketch.lines.reduce((sum, line) => sum + line.quantity, 0);
  const total = pieces * piecePrice + shippingPrice;
  const address = {
    name: 'Ada Rossi',
    line1: 'Via Roma 1',
    postalCode: sketch.postalCode ?? '40124',
    city: 'Bologna',
    country: 'IT',
  };
  return {
    id,
    number: `${100_000 + serial}`,
    channel,
    externalReference,
    placedAt: sketch.at ?? at,
    currency: 'EUR',
    pricesIncludeTax: true,
    customer: { email: 'ada@example.org', name: 'Ada Rossi' },
    shippingAddress: address,
    lines: sketch.lines.map((line, index) => ({
      id: lineIdOf(id, index + 1),
      title: `Product ${line.sku}`,
      unitPrice: eur(piecePrice),
      taxRateBps: 2200,
      discount: eur(0),
      ...line,
    })),
    shipping: { method: 'standard', price: eur(shippingPrice) },
    ...(sketch.destinations && {
      destinations: sketch.destinations.map((name) => ({
        ...{ id: name, shippingAddress: { ...address, name }, delivery: { mode: 'ship' as const } },
      })),
    }),
    delivery: {
      mode: sketch.mode ?? 'ship',
      ...(sketch.locationId ? { locationId: sketch.locationId } : {}),
      ...(sketch.parcelShop ? { parcelShop: sketch.parcelShop } : {}),
      ...(sketch.toLocationId ? { toLocationId: sketch.toLocationId } : {}),
    },
    tenders: (sketch.tenders ?? [{ method: 'card', token: 'tok_ok' }]).map(
      ({ amount, ...tender }, index) => ({
        id: paymentIdOf(id, index + 1),
        amount: eur(amount ?? total),
        ...tender,
      }),
    ),
    total: eur(total),
    ...(sketch.reservationId ? { reservationId: sketch.reservationId } : {}),
  };
}
