import type { Database } from '../connect';

/** A row of some order's story, and whose order it belongs to. */
export interface OrderChange {
  id: number;
  orderId: string;
  channel: string;
}

/** Where the stories of all orders end now. */
export async function readLastEventId(db: Database): Promise<number> {
  const row = await db('order_events').max<{ last: number | null }>('id as last').first();
  return row?.last ?? 0;
}

/**
 * What was written into the orders' stories behind `after`, in the order of ids. Rows appear when their
 * transaction commits, so that a lower id may come after a higher one: ask again from a little before.
 */
export async function readChanges(
  db: Database,
  { after, limit }: { after: number; limit: number },
): Promise<OrderChange[]> {
  return db('order_events as e')
    .join('orders as o', 'o.id', 'e.order_id')
    .where('e.id', '>', after)
    .orderBy('e.id')
    .limit(limit)
    .select<OrderChange[]>({ id: 'e.id', orderId: 'e.order_id', channel: 'o.channel' });
}
