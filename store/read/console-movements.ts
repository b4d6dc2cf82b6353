import { money, type Money } from '../../domain/money';
import type { Database } from '../connect';
import { instant, instantOrNull } from '../instant';

export interface MovementView {
  key: string;
  paymentId: string;
  kind: 'authorize' | 'capture' | 'void' | 'refund';
  amount: Money;
  /** Where a refund goes: back to the tender, or elsewhere. */
  target: string;
  /** What it is for: a fulfillment, a return, the order. */
  subject: string;
  plannedAt: string;
  doneAt: string | null;
  declined: { code?: string; message?: string } | null;
}

/** Every movement of money of an order, in the order in which they were planned. */
export async function readMovements(db: Database, orderId: string): Promise<MovementView[]> {
  const rows = await db('payment_movements as m')
    .join('payments as p', 'p.id', 'm.payment_id')
    .where('m.order_id', orderId)
    .orderBy(['m.planned_at', 'm.key'])
    .select('m.*', 'p.currency');
  return rows.map((row) => ({
    key: row.key,
    paymentId: row.payment_id,
    kind: row.kind,
    amount: money(row.amount, row.currency),
    target: row.target,
    subject: row.subject,
    plannedAt: instant(row.planned_at),
    doneAt: instantOrNull(row.done_at),
    declined: row.declined,
  }));
}
