import type { Database } from '../connect';
import {
  purchaseRequestOf,
  selectPurchaseRequests,
  type PurchaseRequest,
  type PurchaseRequestRow,
} from './purchase-request-view';

export async function findPurchaseRequest(db: Database, id: string): Promise<PurchaseRequest | null> {
  const row = (await selectPurchaseRequests(db).where('request.id', id).first()) as
    PurchaseRequestRow | undefined;
  return row ? purchaseRequestOf(row) : null;
}
