import type { TenderMethod } from '../../domain/order/types';
import type { Database } from '../connect';

export interface PreparedPayment {
  id: string;
  method: TenderMethod;
  token: string | null;
  instalments: number | null;
  amount: number;
  /** Who takes such payments, unless one of the order's own was begun with another. */
  provider: string;
}

/**
 * A payment that is about to be asked for, so that what its provider reports finds it. It has the provider of the
 * order's first payment with the same method. Twice is once; false when it was refused, or let go, before.
 */
export async function preparePayment(
  db: Database,
  { orderId, payment }: { orderId: string; payment: PreparedPayment },
): Promise<boolean> {
  const answer = await db.raw<{ rows: unknown[] }>(
    `INSERT INTO payments (id, order_id, position, method, provider, token, instalments, currency, amount)
     SELECT :id, o.id, (SELECT coalesce(max(position), 0) + 1 FROM payments WHERE order_id = o.id), :method,
       coalesce((SELECT provider FROM payments WHERE order_id = o.id AND method = :method
                 ORDER BY position LIMIT 1), :provider),
       :token, :instalments, o.currency, :amount
     FROM orders AS o WHERE o.id = :orderId
     ON CONFLICT (id) DO UPDATE SET amount = excluded.amount WHERE payments.status = 'pending'
     RETURNING id`,
    { orderId, ...payment },
  );
  return answer.rows.length > 0;
}

/** Nothing will come of a payment that was refused or never needed: the order goes on as if it had not been asked. */
export async function dropPayment(db: Database, id: string): Promise<void> {
  await db('payments').where({ id, captured: 0 }).update({ status: 'voided', authorized: 0 });
}
