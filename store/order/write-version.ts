import type { Knex } from 'knex';
import type { EditChange } from '../../domain/order/order-edit';
import type { PlacedOrder } from '../../domain/order/types';

export interface NewVersion {
  orderId: string;
  /** Names what changed it. */
  key: string;
  /** As it is from now on. */
  order: PlacedOrder;
  changes: readonly EditChange[];
  actor: string;
  reason?: string;
  at: string;
}

/**
 * An order is something else from now on: its content and total, with a version that tells what changed. What it was
 * when it was placed becomes the first, once there is a second. Answers what it came to before, in minor units.
 */
export async function writeVersion(trx: Knex.Transaction, made: NewVersion): Promise<{ before: number }> {
  const { orderId, order, key, actor, at } = made;
  const before = await trx('orders')
    .where('id', orderId)
    .forUpdate()
    .first('content', 'placed_at', 'total', 'version');
  const version = before.version + 1;
  if (before.version === 1)
    await trx('order_versions').insert({
      ...{ order_id: orderId, version: 1, key: 'placed', at: before.placed_at },
      ...{ actor: `channel:${order.channel}`, changes: '[]', content: before.content },
    });
  await trx('order_versions').insert({
    ...{ order_id: orderId, version, key, at, actor, reason: made.reason ?? null },
    ...{ changes: JSON.stringify(made.changes), content: order },
  });
  await trx('orders').where('id', orderId).update({ content: order, total: order.total.amount, version });
  return { before: before.total };
}
