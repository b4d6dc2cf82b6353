import type { PurchaseRequestState } from '../../domain/purchasing/purchase-request';
import type { Database } from '../connect';
import { pageOf, type Page } from '../page';
import {
  purchaseRequestOf,
  selectPurchaseRequests,
  type PurchaseRequest,
  type PurchaseRequestRow,
} from './purchase-request-view';

export interface PurchaseRequestPosition {
  answerBefore: string;
  id: string;
}

/** Requests to buy, those to be answered first, a page at a time. */
export async function listPurchaseRequests(
  db: Database,
  input: {
    status?: PurchaseRequestState;
    owner?: string;
    sku?: string;
    /** To be answered before this instant. */
    before?: string;
    after?: PurchaseRequestPosition;
    limit: number;
  },
): Promise<Page<PurchaseRequest, PurchaseRequestPosition>> {
  const { status, owner, sku, before, after } = input;
  const query = selectPurchaseRequests(db)
    .orderBy(['request.answer_before', 'request.id'])
    .limit(input.limit + 1);
  if (status !== undefined) void query.where('request.status', status);
  if (owner !== undefined) void query.where('request.owner', owner);
  if (sku !== undefined) void query.where('request.sku', sku);
  if (before !== undefined) void query.where('request.answer_before', '<', before);
  if (after)
    void query.whereRaw('(request.answer_before, request.id) > (?, ?)', [after.answerBefore, after.id]);
  const rows = (await query) as PurchaseRequestRow[];
  return pageOf(rows.map(purchaseRequestOf), input.limit, ({ answerBefore, id }) => ({ answerBefore, id }));
}
