import type { Database } from '../connect';

/** Nothing of an order is still to leave: what was left of its holds was let go with the last of it, or is about to be. */
export async function isRestLetGo(db: Database, orderId: string): Promise<boolean> {
  const rest = await db('payment_movements as m')
    .join('fulfillments as f', 'f.id', 'm.subject')
    .where({ 'm.order_id': orderId, 'm.kind': 'void' })
    .first('m.key');
  return rest !== undefined;
}
