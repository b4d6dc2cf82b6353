import type { Knex } from 'knex';
import { purchaseRequestIdOf } from '../../domain/ids';
import type { MailRequest } from '../../domain/mails';
import type { Database } from '../connect';
import { nameOfBackorders, waitingRows, type OfBackorders } from '../stock/of-backorders';
import { shortageWait } from '../stock/shortage-wait';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';

export interface RequestPurchaseInput extends OfBackorders {
  owner: string;
  answerBefore: string;
  /** Who is told when the owner is no mail address, and where it is shown; null: nobody. */
  office: { mail: string | null; url: string };
  at: string;
}

interface Waiting {
  id: number;
  sku: string;
  title: string;
  quantity: number;
}

/**
 * Asks somebody to buy what still waits, a request for each line; the order waits for the answer, and
 * its owner, or the office, gets one mail. Twice is once.
 */
export async function requestPurchase(db: Database, input: RequestPurchaseInput): Promise<void> {
  await inTransaction(db, async (trx) => {
    const waiting = await writeRequests(trx, input);
    if (waiting.length === 0) return;
    const { orderId, owner, answerBefore, at } = input;
    await recordStep(trx, {
      orderId,
      at,
      events: [
        {
          key: `purchaseRequested:${nameOfBackorders(input)}`,
          type: 'purchaseRequested',
          actor: 'system',
          data: { owner, lines: waiting.map(({ sku, quantity }) => ({ sku, quantity })) },
        },
      ],
      waits: waiting.map(({ id, sku, quantity }) => ({
        key: shortageWait(id),
        what: `${owner} to order ${quantity} × ${sku} from a supplier, or to refuse it`,
        until: answerBefore,
        then: 'it is shown among the exceptions, and the pieces go on waiting',
      })),
    });
    // An owner that is an address looks after its own mail.
    const to = owner.includes('@') ? owner : input.office.mail;
    if (to !== null) await tellOwner(trx, input, to, waiting);
  });
}

async function writeRequests(trx: Knex.Transaction, input: RequestPurchaseInput): Promise<Waiting[]> {
  // Stock may come at this moment: whoever gives it waits for us, or we see that nothing waits any more.
  const ids: number[] = await waitingRows(trx, input).orderBy('id').forUpdate().pluck('id');
  const waiting: Waiting[] = await trx('backorders as b')
    .join('products as p', 'p.sku', 'b.sku')
    .whereIn('b.id', ids)
    .orderBy('b.id')
    .select('b.id', 'b.sku', 'p.title', 'b.open as quantity');
  if (waiting.length === 0) return [];
  const written: number[] = await trx('purchase_requests')
    .insert(
      waiting.map(({ id }) => ({
        id: purchaseRequestIdOf(input.orderId, id),
        backorder_id: id,
        order_id: input.orderId,
        owner: input.owner,
        requested_at: input.at,
        answer_before: input.answerBefore,
      })),
    )
    .onConflict('backorder_id')
    .ignore()
    .returning('backorder_id')
    .then((rows: { backorder_id: number }[]) => rows.map((row) => row.backorder_id));
  return waiting.filter(({ id }) => written.includes(id));
}

async function tellOwner(
  trx: Knex.Transaction,
  input: RequestPurchaseInput,
  to: string,
  waiting: readonly Waiting[],
): Promise<void> {
  const { orderId, owner, answerBefore, office } = input;
  const { number } = await trx('orders').where('id', orderId).first('number');
  const mail: MailRequest = {
    template: 'purchaseRequested',
    to,
    locale: 'en',
    data: {
      ...{ url: office.url, owner, answerBefore, orderNumber: number },
      lines: waiting.map(({ sku, title, quantity }) => ({ sku, title, quantity })),
    },
  };
  await trx('outbox')
    .insert({
      kind: 'mail',
      key: `mail:purchaseRequested:${orderId}:${nameOfBackorders(input)}`,
      order_id: orderId,
      payload: JSON.stringify(mail),
    })
    .onConflict('key')
    .ignore();
}
