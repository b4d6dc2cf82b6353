import type { Database } from '../connect';
import { sendPurchaseOrder } from '../purchasing/send-purchase-order';

/**
 * Sends the drafts that reorder by themselves; those whose supplier has no mail address wait for a person, for
 * nobody would hear of them. How many were sent.
 */
export async function sendReorders(db: Database, { at }: { at: string }): Promise<number> {
  const drafts: string[] = await db('purchase_orders as o')
    .join('suppliers as s', 's.id', 'o.supplier_id')
    .where({ 'o.status': 'draft', 'o.reorder_mode': 'send' })
    .whereNotNull('s.email')
    .orderBy('o.id')
    .pluck('o.id');
  for (const purchaseOrderId of drafts)
    await sendPurchaseOrder(db, { purchaseOrderId, key: 'reorder:send', actor: 'system', at });
  return drafts.length;
}
