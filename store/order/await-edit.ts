import type { MailRequest } from '../../domain/mails';
import type { EditChange } from '../../domain/order/order-edit';
import type { PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';
import { lockMoney } from '../payment/movements';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';

export interface AwaitEditInput {
  orderId: string;
  /** Names the edit. */
  key: string;
  /** The bank transfer that it waits for; minor units. */
  payment: { id: string; amount: number; provider: string; transferReference: string };
  changes: readonly EditChange[];
  /** As it would be. */
  order: PlacedOrder;
  reason?: string;
  actor: string;
  until: string;
  mail: MailRequest;
  at: string;
}

/** What an order waits for while an edit waits for its money. */
export const editWait = (key: string): string => `edit:${key}`;

/**
 * An edit waits for a bank transfer: nothing of the order changes, and its payment counts for nothing else. Twice is
 * once; false when it was over before.
 */
export async function awaitEdit(db: Database, input: AwaitEditInput): Promise<boolean> {
  const { orderId, key, payment, changes, order, actor, until, at } = input;
  return inTransaction(db, async (trx) => {
    await lockMoney(trx, orderId);
    const known = await trx('awaited_edits').where({ order_id: orderId, key }).first('outcome');
    if (known) return known.outcome === null;
    const made = await trx.raw<{ rows: unknown[] }>(insertPayment, { orderId, key, ...payment });
    if (made.rows.length === 0) return false;
    await trx('awaited_edits').insert({
      ...{ order_id: orderId, key, payment_id: payment.id, changes: JSON.stringify(changes) },
      ...{ reason: input.reason ?? null, actor, asked_at: at, until, content: order },
    });
    await recordStep(trx, {
      ...{ orderId, at },
      waits: [
        {
          key: editWait(key),
          what: "the customer's bank transfer for a change of the order",
          until,
          then: 'the change is not made, and the order goes on as it was',
        },
      ],
      events: [
        {
          ...{ key: `editAwaitsPayment:${key}`, type: 'editAwaitsPayment', actor },
          data: {
            ...{ changes, amount: payment.amount, total: order.total, until, paymentId: payment.id },
            ...(input.reason !== undefined && { reason: input.reason }),
          },
        },
      ],
      mails: [{ key: `changeAwaitsPayment:${orderId}:${key}`, mail: input.mail }],
    });
    return true;
  });
}

const insertPayment = `
  INSERT INTO payments (id, order_id, position, method, provider, currency, amount, transfer_reference, for_edit)
  SELECT :id, o.id, (SELECT coalesce(max(position), 0) + 1 FROM payments WHERE order_id = o.id), 'bankTransfer',
    coalesce((SELECT provider FROM payments WHERE order_id = o.id AND method = 'bankTransfer'
              ORDER BY position LIMIT 1), :provider),
    o.currency, :amount, :transferReference, :key
  FROM orders AS o WHERE o.id = :orderId
  ON CONFLICT (id) DO NOTHING
  RETURNING id`;
