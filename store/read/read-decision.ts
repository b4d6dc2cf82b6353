import type { Database } from '../connect';

export interface OrderDecision {
  status: string;
  /** confirmed, backordered, onHold, declined or cancelled; null while nothing is decided. */
  decision: string | null;
}

/** How far an order has come; null while it is not in the database. */
export async function readDecision(db: Database, orderId: string): Promise<OrderDecision | null> {
  const row = await db('orders')
    .where({ id: orderId })
    .first<OrderDecision | undefined>('status', 'decision');
  return row ?? null;
}
