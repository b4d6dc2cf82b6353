import fc from 'fast-check';
import type { EditRequest } from '../../activities/edit/edit-request';
import type { OrderEdit } from '../../domain/order/order-edit';
import type { Destination, PlacedOrder } from '../../domain/order/types';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { confirmation } from './support/ladder';
import { openWorld, type World } from './support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

const ids = ['aunt', 'uncle'];
const at = '2026-03-02T10:00:00.000Z';
const cities = ['Napoli', 'Bolzano', 'Torino'];

const placeIn = (id: string, city: string, country: string): Omit<Destination, 'delivery'> => ({
  id,
  shippingAddress: { name: id, line1: 'Via Uno 1', postalCode: '80132', city, country },
});

/** Three lines, of which there is not always enough, to up to three places. */
async function placed(sketches: readonly Sketch[]): Promise<PlacedOrder> {
  const { warehouse, activities } = world;
  const lines = [];
  for (const { quantity, stock } of sketches) {
    const sku = await warehouse.freshSku();
    for (const [place, pieces] of [
      ['alpha', stock[0]],
      ['beta', stock[1]],
    ] as const)
      if (pieces > 0) await warehouse.receive(sku, place, pieces);
    lines.push({ sku, quantity });
  }
  const drafted = warehouse.sketchOrder({ lines });
  const order = {
    ...drafted,
    destinations: ids.map((id) => ({ ...placeIn(id, 'Napoli', 'IT'), delivery: { mode: 'ship' as const } })),
    lines: drafted.lines.map((line, index) => {
      const { destination } = sketches[index]!;
      return { ...line, ...(destination !== null && { destination }) };
    }),
  };
  const orderId = order.id;
  await activities.recordOrder({ order, at });
  const sourced = await activities.sourceOrder({ orderId, round: 1, at });
  await activities.authorizePayments({ orderId, orderNumber: order.number, at });
  const fulfillmentId = sourced.fulfillments[0]?.fulfillmentId ?? '';
  const step = { orderId, fulfillmentId, at };
  await activities.confirmOrder(confirmation({ order, sku: '', sourced, fulfillmentId, step }));
  return order;
}

/** As the order's workflow has it made; whether it was. */
async function made(orderId: string, edit: OrderEdit, round: number): Promise<boolean> {
  const { activities } = world;
  const request: EditRequest = { orderId, key: `edit-${round}`, actor: 'user', edit, at };
  const ready = await activities.prepareEdit(request);
  if (ready.outcome !== 'ready') return false;
  if (ready.paymentId !== null) throw new Error('Nothing costs more');
  const applied = await activities.applyEdit(ready.apply);
  if (applied.outcome !== 'applied') throw new Error(applied.because);
  const { toSource } = applied;
  if (toSource.length > 0) await activities.sourceOrder({ orderId, round, lines: toSource, at });
  return true;
}

/** Every piece of every line that is not cancelled is worked on or waits, on its way to where its line goes. */
async function expectWhole(orderId: string): Promise<void> {
  const { db } = world.warehouse;
  const { content } = await db('orders').where('id', orderId).first('content');
  const goesTo = new Map(
    (content as PlacedOrder).lines.map(({ id, destination = null }) => [id, destination]),
  );
  const rows = await db('order_lines').where('order_id', orderId).select('id', 'quantity', 'cancelled');
  const work = await db('fulfillment_lines as l')
    .join('fulfillments as f', 'f.id', 'l.fulfillment_id')
    .where('f.order_id', orderId)
    .whereNot('f.status', 'cancelled')
    .select('l.line_id as lineId', 'l.quantity', 'f.destination');
  const waiting = await db('backorders')
    .where('order_id', orderId)
    .where('open', '>', 0)
    .select('line_id as lineId', 'open as quantity', 'destination');
  const pieces: { lineId: string; quantity: number; destination: string | null }[] = [...work, ...waiting];
  for (const { lineId, destination } of pieces)
    expect([lineId, destination]).toEqual([lineId, goesTo.get(lineId)]);
  const there = rows.map(({ id }) => [
    id,
    pieces.filter(({ lineId }) => lineId === id).reduce((sum, { quantity }) => sum + quantity, 0),
  ]);
  expect(there).toEqual(rows.map(({ id, quantity, cancelled }) => [id, quantity - cancelled]));
  const held = await db('allocations')
    .where({ order_id: orderId, state: 'held' })
    .sum('quantity as n')
    .first();
  const worked = work.reduce((sum: number, { quantity }: { quantity: number }) => sum + quantity, 0);
  expect(Number(held?.n ?? 0)).toBe(worked);
}

interface Sketch {
  quantity: number;
  stock: readonly [number, number];
  destination: string | null;
}
const to = fc.constantFrom(null, ...ids);
const anyLine = fc.record({
  quantity: fc.integer({ min: 1, max: 4 }),
  stock: fc.tuple(fc.nat(3), fc.nat(3)),
  destination: to,
});
const anyStep = fc.oneof(
  fc.record({
    at: fc.nat(5),
    destination: to,
    quantity: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  }),
  fc.record({ at: fc.nat(5), fewer: fc.integer({ min: 0, max: 2 }) }),
  fc.record({
    id: fc.constantFrom(...ids),
    city: fc.constantFrom(...cities),
    country: fc.constantFrom('IT', 'AT'),
  }),
);

test('edits of places never lose a piece, and everything goes where its line goes', async () => {
  let edits = 0;
  const property = fc.asyncProperty(
    fc.array(anyLine, { minLength: 2, maxLength: 3 }),
    fc.array(anyStep, { minLength: 2, maxLength: 5 }),
    async (sketches, steps) => {
      const { id } = await placed(sketches);
      for (const [index, step] of steps.entries()) {
        const { content } = await world.warehouse.db('orders').where('id', id).first('content');
        if (await made(id, editOf(content as PlacedOrder, step), index + 2)) edits += 1;
        await expectWhole(id);
      }
    },
  );
  await fc.assert(property, { numRuns: 25 });
  expect(edits).toBeGreaterThan(10);
  expect(await findStockDifferences(world.warehouse.db)).toEqual([]);
});

type Step =
  | { at: number; destination: string | null; quantity?: number | undefined }
  | { at: number; fewer: number }
  | { id: string; city: string; country: string };

function editOf({ lines }: PlacedOrder, step: Step): OrderEdit {
  if ('id' in step) return { destinations: [placeIn(step.id, step.city, step.country)] };
  const { id: lineId, quantity } = lines[step.at % lines.length]!;
  if ('fewer' in step) return { lines: [{ lineId, quantity: Math.min(step.fewer, quantity) }] };
  const { destination } = step;
  return {
    move: [{ lineId, destination, ...(step.quantity !== undefined && { quantity: step.quantity }) }],
    // A place that was dropped is named again.
    ...(destination !== null && {
      destinations: [{ ...placeIn(destination, 'Napoli', 'IT'), delivery: { mode: 'ship' } }],
    }),
  };
}
