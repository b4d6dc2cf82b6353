import type { AcceptedOrder } from '../order/accept-order';
import type { Database } from '../connect';

/** An order that the API took in and that may not be recorded yet. */
export async function findAccepted(db: Database, id: string): Promise<AcceptedOrder | null> {
  const row = await db('accepted_orders')
    .where({ id })
    .first<{ channel: string; external_reference: string } | undefined>('channel', 'external_reference');
  return row ? { id, channel: row.channel, externalReference: row.external_reference } : null;
}
