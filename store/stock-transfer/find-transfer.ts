import type { Database } from '../connect';
import { viewsOf, type StockTransferView, type TransferRow } from './transfer-view';

export async function findStockTransfer(db: Database, id: string): Promise<StockTransferView | null> {
  const row = await db<TransferRow>('stock_transfers').where({ id }).first();
  return row ? (await viewsOf(db, [row]))[0]! : null;
}
