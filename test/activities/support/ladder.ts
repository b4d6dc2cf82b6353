import type { Sourced } from '../../../activities/sourcing/source';
import type { PlacedOrder } from '../../../domain/order/types';
import { openGiftCard } from '../../../store/payment/open-gift-card';
import { at, atMinute, eur, type OrderSketch } from '../../store/support/warehouse';
import type { World } from './world';

export { at, atMinute } from '../../store/support/warehouse';

/** An order on its way; each rung of the ladder takes it one step further, as its workflow would. */
export interface Climber {
  order: PlacedOrder;
  sku: string;
  sourced: Sourced;
  /** Of the first fulfillment. */
  fulfillmentId: string;
  /** What every step is told of the order and its first fulfillment. */
  step: { orderId: string; fulfillmentId: string; at: string };
}

type Sketch = Omit<OrderSketch, 'lines'> & {
  pieces?: number;
  stock?: Record<string, number>;
  /** A gift card that pays a part of the order, minor units; there is nothing else on it. */
  giftCard?: number;
};

const later = atMinute(90);
const command = { actor: 'test', at: later };
export const companyPrefix = '0412345';
let cards = 0;

/** A product with stock, and an order for it that nobody has written down. */
export async function sketched(
  world: World,
  sketch: Sketch = {},
): Promise<{ order: PlacedOrder; sku: string }> {
  const { pieces = 3, stock = { alpha: 5 }, giftCard, ...rest } = sketch;
  const { warehouse } = world;
  const sku = await warehouse.freshSku();
  for (const [place, quantity] of Object.entries(stock)) await warehouse.receive(sku, place, quantity);
  const tenders = giftCard === undefined ? rest.tenders : await withGiftCard(world, giftCard, pieces, rest);
  return { sku, order: warehouse.sketchOrder({ ...rest, tenders, lines: [{ sku, quantity: pieces }] }) };
}

async function withGiftCard(
  { warehouse }: World,
  amount: number,
  pieces: number,
  { tenders = [{ method: 'card', token: 'tok_ok' }] }: Sketch,
): Promise<OrderSketch['tenders']> {
  const code = `GIFT-${(cards += 1)}`;
  await openGiftCard(warehouse.db, { code, balance: eur(amount) });
  const { total } = warehouse.sketchOrder({ lines: [{ sku: 'any', quantity: pieces }] });
  return [
    { method: 'giftCard', token: code, amount },
    { ...tenders[0]!, amount: total.amount - amount },
  ];
}

export async function recorded(
  world: World,
  sketch: Sketch = {},
): Promise<{ order: PlacedOrder; sku: string }> {
  const { order, sku } = await sketched(world, sketch);
  await world.activities.recordOrder({ order, at });
  return { order, sku };
}

export async function sourced(world: World, sketch: Sketch = {}): Promise<Climber> {
  const { order, sku } = await recorded(world, sketch);
  const answer = await world.activities.sourceOrder({ orderId: order.id, round: 1, at });
  const fulfillmentId = answer.fulfillments[0]?.fulfillmentId ?? '';
  return { order, sku, sourced: answer, fulfillmentId, step: { orderId: order.id, fulfillmentId, at } };
}

export async function authorized(world: World, sketch: Sketch = {}): Promise<Climber> {
  const climber = await sourced(world, sketch);
  const { id: orderId, number: orderNumber } = climber.order;
  await world.activities.authorizePayments({ orderId, orderNumber, at });
  return climber;
}

export const confirmation = ({ order, sourced: { fulfillments, backordered } }: Climber) => ({
  orderId: order.id,
  release: fulfillments.map((each) => each.fulfillmentId),
  backordered,
  backorderUntil: atMinute(600),
  awaiting: [] as string[],
  awaitUntil: atMinute(600),
  at,
});

export async function confirmed(world: World, sketch: Sketch = {}): Promise<Climber> {
  const climber = await authorized(world, sketch);
  await world.activities.confirmOrder(confirmation(climber));
  return climber;
}

/** Everything of the first fulfillment in one carton, or each piece in one of its own. */
export const packing = ({ order, sourced: { fulfillments }, fulfillmentId }: Climber, cartons = 1) => {
  const { quantity } = fulfillments[0]!.lines[0]!;
  const lineId = order.lines[0]!.id;
  const packages = Array.from({ length: cartons }, (_, index) => ({
    type: 'box',
    weightGrams: 500,
    lines: [{ lineId, quantity: index === 0 ? quantity - cartons + 1 : 1 }],
  }));
  return { ...command, fulfillmentId, packages, companyPrefix };
};

export async function packed(world: World, sketch: Sketch = {}, cartons = 1): Promise<Climber> {
  const climber = await confirmed(world, sketch);
  await world.warehouse.store.packFulfillment(packing(climber, cartons));
  return climber;
}

export async function booked(world: World, sketch: Sketch = {}, cartons = 1): Promise<Climber> {
  const climber = await packed(world, sketch, cartons);
  await world.activities.bookShipment(climber.step);
  return climber;
}

export async function shipped(world: World, sketch: Sketch = {}, cartons = 1): Promise<Climber> {
  const climber = await booked(world, sketch, cartons);
  await world.warehouse.store.shipFulfillment({ ...command, fulfillmentId: climber.fulfillmentId });
  return climber;
}

/** One of three pieces was cancelled: the card holds more than will be captured. */
export async function cheaperThanHeld(world: World, sketch: Sketch = {}): Promise<Climber> {
  const climber = await confirmed(world, sketch);
  const { order } = climber;
  const lines = [{ lineId: order.lines[0]!.id, quantity: 1 }];
  const about = { orderId: order.id, key: 'one-fewer', lines, reason: 'fewer', at };
  await world.activities.cancelLines({ ...about, actor: 'test' });
  return climber;
}

export async function shipTwo(world: World, climber: Climber): Promise<void> {
  const { step, order, fulfillmentId } = climber;
  const lines = [{ lineId: order.lines[0]!.id, quantity: 2 }];
  const packages = [{ type: 'box', weightGrams: 500, lines }];
  await world.warehouse.store.packFulfillment({ ...command, fulfillmentId, packages, companyPrefix });
  await world.activities.bookShipment(step);
  await world.warehouse.store.shipFulfillment({ ...command, fulfillmentId });
}

export const settlement = ({ step }: Climber, attempt = 1) => ({ ...step, attempt, retryAt: atMinute(600) });

export async function settled(world: World, sketch: Sketch = {}): Promise<Climber> {
  const climber = await shipped(world, sketch);
  await world.activities.settleShipment(settlement(climber));
  return climber;
}

/** What a carrier says of all parcels of the first fulfillment. */
export async function reports(world: World, { fulfillmentId }: Climber, status: 'inTransit' | 'delivered') {
  const numbers: string[] = await world.warehouse
    .db('packages')
    .where('fulfillment_id', fulfillmentId)
    .orderBy('position')
    .pluck('tracking_number');
  return {
    carrier: 'sandbox',
    reports: numbers.map((trackingNumber) => ({
      id: `${trackingNumber}-${status}`,
      trackingNumber,
      status,
      occurredAt: later,
    })),
    at: later,
  };
}

/** With the customer, though the order has not been told yet. */
export async function arrived(world: World, sketch: Sketch = {}): Promise<Climber> {
  const climber = await settled(world, sketch);
  await world.warehouse.store.recordCarrierEvents(await reports(world, climber, 'delivered'));
  return climber;
}

export async function delivered(world: World, sketch: Sketch = {}): Promise<Climber> {
  const climber = await arrived(world, sketch);
  await world.activities.recordDelivery({ ...climber.step, returnBefore: atMinute(9000) });
  return climber;
}

export interface Returner extends Climber {
  returnId: string;
  returnStep: { orderId: string; returnId: string; at: string };
}

export const wish = ({ order }: Climber, more: Partial<ReturnType<typeof plainWish>> = {}) => ({
  ...plainWish(order),
  ...more,
});
const plainWish = (order: PlacedOrder) => ({
  returnId: `ret_${order.id.replace(/^ord_/, '')}_1`,
  orderId: order.id,
  lines: [{ lineId: order.lines[0]!.id, quantity: 2, reason: 'tooSmall' }],
  mode: 'parcel' as 'parcel' | 'store' | 'keep',
  refundTo: 'tenders' as 'tenders' | 'storeCredit',
  actor: 'test',
  cause: 'customer' as 'customer' | 'undeliverable',
  until: atMinute(9000) as string | null,
  at,
});

export async function returning(
  world: World,
  sketch: Sketch = {},
  more: Parameters<typeof wish>[1] = {},
): Promise<Returner> {
  const climber = await delivered(world, sketch);
  const input = wish(climber, more);
  const opened = await world.activities.openReturn(input);
  if (opened.outcome !== 'opened') throw new Error(JSON.stringify(opened));
  const { returnId } = input;
  return { ...climber, returnId, returnStep: { orderId: climber.order.id, returnId, at } };
}

export const inspection = (
  { order, returnId }: Returner,
  outcomes: readonly ('restock' | 'unsellable' | 'rejected')[] = ['restock', 'unsellable'],
) => ({
  ...command,
  returnId,
  lines: outcomes.map((outcome) => ({ lineId: order.lines[0]!.id, quantity: 1, outcome })),
});

export async function received(...given: Parameters<typeof returning>): Promise<Returner> {
  const [world] = given;
  const returner = await returning(...given);
  await world.warehouse.store.receiveReturn({ ...command, returnId: returner.returnId });
  return returner;
}

export async function inspected(...given: Parameters<typeof returning>): Promise<Returner> {
  const [world] = given;
  const returner = await received(...given);
  await world.warehouse.store.inspectReturn(inspection(returner));
  return returner;
}
