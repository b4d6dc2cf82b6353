import { readChannelAvailability } from '../../../../store/push/read-channel-availability';
import { findStockDifferences } from '../../../../store/stock/find-stock-differences';
import type { SourcedFulfillment } from '../../../../workflows/messages';
import { countArrived, openPiecesTo } from '../../../../workflows/supply/waiting-counts';
import {
  availableAt,
  emptyShelf,
  heldAt,
  holdKeyOf,
  holds,
  type Model,
  type Order,
  type Shelf,
} from './model';
import { channels, type Real } from './real';

/** Holds everything that can be seen of the stock against what the model says. */
export async function compare(model: Model, real: Real): Promise<void> {
  const { db } = real.warehouse;
  expect(await findStockDifferences(db)).toEqual([]);
  expect(await readShelves(model, real)).toEqual(shelvesOf(model));
  expect(await readHolds(model, real)).toEqual(holdsOf(model));
  expect(await readQueue(model, real)).toEqual(
    model.queue.map(({ id, lineId, open }) => ({ id, lineId, open })),
  );
  for (const channel of channels)
    expect(await readChannelAvailability(db, { channel, locations: null, skus: [...model.skus] })).toEqual(
      model.skus.map((sku) => ({ sku, available: availableOf(model, sku, channel) })),
    );
  expect(await readStates(model, real)).toEqual(statesOf(model));
  expect(await readPlaces(model, real)).toEqual(placesOf(model));
  for (const order of model.orders.filter(({ isGathered, isCancelled }) => isGathered && !isCancelled))
    await compareCounts(model, real, order);
}

export const availableOf = (model: Model, sku: string, channel: string): number =>
  model.locations.reduce((sum, locationId) => sum + availableAt(model, sku, locationId, channel), 0);

const shelvesOf = (model: Model): Record<string, Shelf> =>
  Object.fromEntries(
    model.skus.flatMap((sku) =>
      model.locations.map((locationId) => {
        const key = `${sku}@${locationId}`;
        return [key, model.shelves.get(key) ?? emptyShelf()];
      }),
    ),
  );

/** A place that never had a SKU has no row; it is as good as one with nothing on it. */
async function readShelves(model: Model, { warehouse }: Real): Promise<Record<string, Shelf>> {
  const rows = (await warehouse
    .db('stock')
    .whereIn('sku', model.skus as string[])
    .select('sku', 'location_id', 'unsellable', 'reserved', 'allocated', 'incoming', 'version', {
      onHand: 'on_hand',
      safetyStock: 'safety_stock',
    })) as (Shelf & { sku: string; location_id: string })[];
  const seen = shelvesOf({ ...model, shelves: new Map() });
  for (const { sku, location_id, ...shelf } of rows) seen[`${sku}@${location_id}`] = shelf;
  return seen;
}

interface Hold {
  key: string;
  sku: string;
  locationId: string;
  quantity: number;
}

function holdsOf({ works, transfers }: Model): Hold[] {
  const ofOrders = works.filter(holds).flatMap((work) =>
    work.lines.map(({ lineId, sku, quantity }) => ({
      ...{ key: holdKeyOf(work, lineId), sku, locationId: heldAt(work), quantity },
    })),
  );
  const ofTransfers = transfers
    .filter(({ state }) => state === 'requested')
    .map(({ id, sku, from, quantity }) => ({ key: `${id}:${sku}`, sku, locationId: from, quantity }));
  return [...ofOrders, ...ofTransfers].sort(byKey);
}

async function readHolds(model: Model, { warehouse }: Real): Promise<Hold[]> {
  const rows = await warehouse
    .db('allocations')
    .where('state', 'held')
    .whereIn('sku', model.skus as string[])
    .select<Hold[]>('key', 'sku', 'quantity', { locationId: 'location_id' });
  return rows.sort(byKey);
}

const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);

/** In the order in which they are served; only who waits for the same SKU stands before or behind another. */
const readQueue = (model: Model, { warehouse }: Real): Promise<unknown[]> =>
  warehouse
    .db('backorders')
    .where('open', '>', 0)
    .whereIn('sku', model.skus as string[])
    .orderBy(['since', 'id'])
    .select('id', 'open', { lineId: 'line_id' });

/** Where open work goes. */
const placesOf = ({ works }: Model): [string, string | null][] =>
  works
    .filter(({ state }) => state === 'open')
    .map(({ id, destination }): [string, string | null] => [id, destination ?? null])
    .sort(([a], [b]) => (a < b ? -1 : 1));

async function readPlaces(model: Model, { warehouse }: Real): Promise<[string, string | null][]> {
  const rows: { id: string; destination: string | null }[] = await warehouse
    .db('fulfillments')
    .whereIn(
      'id',
      placesOf(model).map(([id]) => id),
    )
    .select('id', 'destination');
  return rows
    .map(({ id, destination }): [string, string | null] => [id, destination])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What steps and signals tell the order's workflow comes to what waits, place by place. */
async function compareCounts({ queue }: Model, { warehouse }: Real, order: Order): Promise<void> {
  const heard: { args: { fulfillments: SourcedFulfillment[] }[] }[] = await warehouse
    .db('outbox')
    .where('order_id', order.id)
    .whereLike('key', 'signal:backorderAllocated:%')
    .pluck('payload');
  const counts = structuredClone(order.counts);
  for (const { round, destination, lines } of heard.flatMap(({ args }) => args[0]!.fulfillments))
    for (const { quantity } of lines) countArrived(counts, { round, destination, quantity });
  for (const place of [undefined, 'gift']) {
    const waiting = queue.filter(({ orderId, destination }) => orderId === order.id && destination === place);
    expect(openPiecesTo(counts, place)).toBe(waiting.reduce((sum, { open }) => sum + open, 0));
  }
}

type States = Record<string, unknown>;

const statesOf = ({ carts, transfers, purchases }: Model): States => ({
  ...Object.fromEntries(carts.map(({ id, state }) => [id, state])),
  ...Object.fromEntries(transfers.map(({ id, state }) => [id, state])),
  ...Object.fromEntries(purchases.map(({ id, state }) => [id, state])),
});

async function readStates(model: Model, { warehouse: { db } }: Real): Promise<States> {
  const ids = Object.keys(statesOf(model));
  const answer = await db.raw<{ rows: { id: string; status: string }[] }>(
    `SELECT id, status FROM reservations WHERE id = ANY (:ids)
     UNION ALL SELECT id, status FROM stock_transfers WHERE id = ANY (:ids)
     UNION ALL SELECT id, status FROM purchase_orders WHERE id = ANY (:ids)`,
    { ids },
  );
  return Object.fromEntries(answer.rows.map(({ id, status }) => [id, status]));
}
