import type { TenderMethod } from '../../domain/order/types';
import type { Database } from '../connect';

export interface PreparedPayment {
  id: string;
  method: TenderMethod;
  token: string | null;
  instalments: number | null;
  amount: number;
}

/**
 * A payment that is about to be asked for, so that what its provider reports finds it. It has the provider of the
 * order's payment with the same method and token. Twice is once; false when it was refused, or let go, before.
 */
export async function preparePayment(
  db: Database,
  { orderId, payment }: { orderId: string; payment: PreparedPayment },
): Promise<boolean> {
  const answer = await db.raw<{ rows: unknown[] }>(
    `INSERT INTO payments (id, order_id, position, method, provider, token, instalments, currency, amount)
     SELECT :id, order_id, (SELECT max(position) + 1 FROM payments WHERE order_id = :orderId), method, provider,
       token, instalments, currency, :amount
     FROM payments
     WHERE order_id = :orderId AND method = :method AND token IS NOT DISTINCT FROM :token
     ORDER BY position LIMIT 1
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
