import type { Knex } from 'knex';
import type { OrderView } from './shop';

/** The mails that were written about an order, the oldest first: all, or those of one template. */
export async function mailsOf(db: Knex, orderId: string, template?: string): Promise<OrderView[]> {
  const mails: OrderView[] = await db('outbox')
    .where({ order_id: orderId, kind: 'mail' })
    .orderBy('id')
    .pluck('payload');
  return mails.filter((mail) => template === undefined || mail.template === template);
}

/** Their templates. */
export const templatesOf = async (db: Knex, orderId: string): Promise<string[]> =>
  (await mailsOf(db, orderId)).map((mail) => mail.template);
