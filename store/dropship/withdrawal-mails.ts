import { supplierOrderNumber } from '../../domain/shipping/supplier-order';
import type { Database } from '../connect';
import type { OrderStep } from '../story/record-step';
import { readDropships } from './read-dropship';

/**
 * Tells suppliers that work which was shown to them is taken away, to be asked before it is: what lies elsewhere, was
 * never shown or is over already is told to nobody.
 */
export async function withdrawalMails(
  trx: Database,
  fulfillmentIds: string[],
): Promise<NonNullable<OrderStep['mails']>> {
  const open = await trx('fulfillments')
    .join('locations', 'locations.id', 'fulfillments.location_id')
    .whereIn('fulfillments.id', fulfillmentIds)
    .where('locations.type', 'supplier')
    .whereNotNull('released_at')
    .whereNot('status', 'cancelled')
    .pluck('fulfillments.id');
  const works = await readDropships(trx, open);
  return works.flatMap(({ fulfillmentId, order, supplier, lines }) => {
    if (!supplier?.email) return [];
    const data = {
      orderNumber: supplierOrderNumber(order.number, fulfillmentId),
      supplierName: supplier.name,
      lines: lines.map(({ sku, title, quantity }) => ({ sku, title, quantity })),
    };
    const { email: to, locale } = supplier;
    const mail = { template: 'supplierCancelled' as const, to, locale, data };
    return [{ key: `supplierCancelled:${fulfillmentId}`, mail }];
  });
}
