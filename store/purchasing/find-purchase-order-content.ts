import type { PurchaseOrderContent } from '../../domain/documents';
import { purchaseOrderContentOf } from '../../domain/purchasing/purchase-order-content';
import { expectedFrom } from '../../domain/purchasing/lead-time';
import type { Database } from '../connect';
import { instant } from '../instant';
import { readPurchaseOrderFacts } from './read-purchase-order-facts';

/** What was sent to the supplier, or what would be if a draft were sent at `at`; null when there is no such order. */
export async function findPurchaseOrderContent(
  db: Database,
  { id, at }: { id: string; at: string },
): Promise<PurchaseOrderContent | null> {
  const row = await db('purchase_orders').where({ id }).first('content', 'expected_at');
  if (!row) return null;
  if (row.content !== null) return row.content as PurchaseOrderContent;
  const facts = await readPurchaseOrderFacts(db, id);
  const expectedAt = row.expected_at ?? expectedFrom(facts.supplier, at);
  return purchaseOrderContentOf(facts, { placedAt: at, expectedAt: instant(expectedAt) });
}
