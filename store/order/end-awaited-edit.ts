import type { Knex } from 'knex';
import { money } from '../../domain/money';
import { aboutOrder, mailTo } from '../../domain/order/mail-parts';
import type { PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';
import { lockMoney, refreshPaymentStatus } from '../payment/movements';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { editWait } from './await-edit';
import { closeAwaitedEdit } from './close-awaited-edit';

export interface EndAwaitedEditInput {
  orderId: string;
  key: string;
  outcome: 'notPaid' | 'withdrawn' | 'overtaken';
  /** For staff: why it could not be made. */
  because?: string;
  actor: string;
  orderUrl: string;
  at: string;
}

export type EndAwaitedEditResult =
  /** `received`: minor units that were paid for it and are to go back. */
  | { outcome: 'over'; received: number }
  /** All of it came in just before its time was over. */
  | { outcome: 'paid' };

/**
 * An edit that waited for its money is not made; the order stays as it was. What was paid for it is money that the order
 * has too much of. Twice is once.
 */
export async function endAwaitedEdit(
  db: Database,
  input: EndAwaitedEditInput,
): Promise<EndAwaitedEditResult> {
  const { orderId, key, outcome, at } = input;
  return inTransaction(db, async (trx) => {
    await lockMoney(trx, orderId);
    const awaited = await readAwaited(trx, orderId, key);
    if (!awaited) throw new Error(`No edit ${key} of ${orderId} waits for money`);
    const { captured, amount, paymentId } = awaited;
    if (awaited.outcome !== null) return { outcome: 'over', received: captured };
    if (outcome === 'notPaid' && captured >= amount) return { outcome: 'paid' };
    await closeAwaitedEdit(trx, { orderId, key, outcome, at });
    // Nothing more is to come of it.
    await trx('payments')
      .where('id', paymentId)
      .update(captured > 0 ? { amount: captured } : { status: 'voided' });
    await writeStory(trx, input, awaited);
    return { outcome: 'over', received: captured };
  });
}

interface Awaited {
  outcome: string | null;
  paymentId: string;
  amount: number;
  captured: number;
  order: PlacedOrder;
}

async function readAwaited(
  trx: Knex.Transaction,
  orderId: string,
  key: string,
): Promise<Awaited | undefined> {
  return trx('awaited_edits as e')
    .join('payments as p', 'p.id', 'e.payment_id')
    .join('orders as o', 'o.id', 'e.order_id')
    .where({ 'e.order_id': orderId, 'e.key': key })
    .first('e.outcome', 'e.payment_id as paymentId', 'p.amount', 'p.captured', 'o.content as order');
}

async function writeStory(
  trx: Knex.Transaction,
  { orderId, key, outcome, because, actor, orderUrl, at }: EndAwaitedEditInput,
  { order, captured }: Awaited,
): Promise<void> {
  const { status } = await refreshPaymentStatus(trx, orderId);
  const received = money(captured, order.currency);
  const mail = mailTo(order, 'changeNotMade', {
    ...aboutOrder(order, orderUrl),
    ...{ outcome, total: order.total, received },
  });
  await recordStep(trx, {
    ...{ orderId, at, paymentStatus: status, waitsOver: [editWait(key)] },
    events: [
      {
        ...{ key: `editNotMade:${key}`, type: 'editNotMade', actor },
        data: { outcome, received, ...(because !== undefined && { because }) },
      },
    ],
    mails: [{ key: `changeNotMade:${orderId}:${key}`, mail }],
  });
}
