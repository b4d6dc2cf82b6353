import type { StockTransferState } from '../../domain/stock/transfer';
import type { Database } from '../connect';
import { instant } from '../instant';
import { pageOf, type Page } from '../page';
import { viewsOf, type StockTransferView, type TransferRow } from './transfer-view';

export interface ListStockTransfersInput {
  status?: StockTransferState;
  /** Where they come from or go to. */
  locationId?: string;
  after?: { requestedAt: string; id: string };
  limit: number;
}

/** Transfers of stock, the newest first, a page at a time. */
export async function listStockTransfers(
  db: Database,
  input: ListStockTransfersInput,
): Promise<Page<StockTransferView, { requestedAt: string; id: string }>> {
  const query = db<TransferRow>('stock_transfers')
    .orderBy([
      { column: 'requested_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(input.limit + 1);
  const { status, locationId, after } = input;
  if (status !== undefined) void query.where({ status });
  if (locationId !== undefined)
    void query.whereRaw(':id IN (from_location_id, to_location_id)', { id: locationId });
  if (after) void query.whereRaw('(requested_at, id) < (?, ?)', [after.requestedAt, after.id]);
  const page = pageOf(await query, input.limit, (row) => ({
    requestedAt: instant(row.requested_at),
    id: row.id,
  }));
  return { ...page, items: await viewsOf(db, page.items) };
}
