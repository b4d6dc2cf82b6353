import { listOffers } from '../../../store/alternative/list-offers';
import { replaceAlternatives } from '../../../store/catalogue/replace-alternatives';
import { saveProduct } from '../../../store/catalogue/save-product';
import { recordStep } from '../../../store/story/record-step';
import { at, atMinute, confirmed, type Climber } from './ladder';
import type { World } from './world';

export const cheaper: { price: number; pricePolicy: 'lower' | 'own' } = { price: 900, pricePolicy: 'lower' };
export const dearer: typeof cheaper = { price: 1900, pricePolicy: 'own' };

/** Another product, with pieces in beta, that stands in for one. */
export async function standsIn(
  { warehouse }: World,
  sku: string,
  there: number,
  { price, pricePolicy } = cheaper,
): Promise<string> {
  const other = await warehouse.freshSku();
  await saveProduct(warehouse.db, { sku: other, title: 'Other', price: { amount: price, currency: 'EUR' } });
  if (there > 0) await warehouse.receive(other, 'beta', there);
  const alternatives = [{ sku: other, pricePolicy }];
  await replaceAlternatives(warehouse.db, { sku, alternatives });
  return other;
}

/** The first fulfillment comes so late as nobody was told at first, and its customer was told so. */
export async function becomesLate(
  { warehouse: { db } }: World,
  { order, fulfillmentId }: Pick<Climber, 'order' | 'fulfillmentId'>,
): Promise<void> {
  const latest = '2026-06-30';
  const part = { part: fulfillmentId, earliest: '2026-06-29', latest, leavesBy: null, reasons: ['too slow'] };
  await recordStep(db, { orderId: order.id, at, promises: { key: 'kept:0', cause: 'test', parts: [part] } });
  await db('promises_told').insert({ order_id: order.id, latest, times: 1 });
}

/** An order whose three pieces are at work and late, and something that stands in for them. */
export async function lateWithStandIn(world: World, there = 5, stand = cheaper) {
  const climber = await confirmed(world, { stock: { alpha: 5 } });
  const { order } = climber;
  const other = await standsIn(world, climber.sku, there, stand);
  await becomesLate(world, climber);
  const asked = { orderId: order.id, askedBy: { key: 'late', actor: 'link' }, until: atMinute(900), at };
  return { ...climber, other, asked };
}

/** Something else is offered for them, to be answered. */
export async function offeredForLate(world: World, there = 5, stand = cheaper) {
  const made = await lateWithStandIn(world, there, stand);
  const { order, asked } = made;
  await world.activities.offerForLate(asked);
  const [offer] = await listOffers(world.warehouse.db, order.id);
  const about = { orderId: order.id, offerId: offer!.id, key: 'answer', actor: 'link', round: 2, at };
  return { ...made, about };
}
