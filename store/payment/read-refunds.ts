import type { Database } from '../connect';

export interface RefundMovement {
  key: string;
  method: string;
  amount: number;
  currency: string;
  target: 'tender' | 'storeCredit' | 'bankTransferBack';
  /** Of the provider, or the code of the store credit; null until it is done. */
  reference: string | null;
}

/** All refunds that were planned for a subject, whether done by now or not. */
export async function readRefunds(
  db: Database,
  input: { orderId: string; subject: string },
): Promise<RefundMovement[]> {
  return db('payment_movements as m')
    .join('payments as p', 'p.id', 'm.payment_id')
    .where({ 'm.order_id': input.orderId, 'm.subject': input.subject, 'm.kind': 'refund' })
    .orderBy('p.position')
    .select('m.key', 'p.method', 'm.amount', 'p.currency', 'm.target', 'm.reference');
}
