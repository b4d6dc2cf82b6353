import type { PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';
import { instant } from '../instant';
import { readPayments, type PaymentFacts } from '../payment/read-payments';

/** An edit that waits for its money. */
export interface AwaitedEdit {
  /** As the order would be. */
  order: PlacedOrder;
  payment: PaymentFacts;
  until: string;
}

/** Null when it waits no longer. */
export async function findAwaitedEdit(
  db: Database,
  { orderId, key }: { orderId: string; key: string },
): Promise<AwaitedEdit | null> {
  const row = await db('awaited_edits')
    .where({ order_id: orderId, key, outcome: null })
    .first('content', 'payment_id', 'until');
  if (!row) return null;
  const payment = (await readPayments(db, orderId)).find(({ id }) => id === row.payment_id)!;
  return { order: row.content, payment, until: instant(row.until) };
}
