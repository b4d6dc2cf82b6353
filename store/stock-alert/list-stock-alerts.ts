import type { StockAlertState } from '../../domain/stock/stock-alert';
import type { Database } from '../connect';
import { pageOf, type Page } from '../page';
import { stockAlertOf, type StockAlert, type StockAlertRow } from './stock-alert';

const alerts = (db: Database) =>
  db<StockAlertRow>('stock_alerts as a').join('products as p', 'p.sku', 'a.sku').select('a.*', 'p.title');

export async function findStockAlert(db: Database, id: string): Promise<StockAlert | null> {
  const row = (await alerts(db).where('a.id', id).first()) as StockAlertRow | undefined;
  return row ? stockAlertOf(row) : null;
}

/** Who waits, and who was told, by id, a page at a time. */
export async function listStockAlerts(
  db: Database,
  input: { sku?: string; channel?: string; status?: StockAlertState; after?: string; limit: number },
): Promise<Page<StockAlert, string>> {
  const query = alerts(db)
    .orderBy('a.id')
    .limit(input.limit + 1);
  if (input.sku !== undefined) void query.where('a.sku', input.sku);
  if (input.channel !== undefined) void query.where('a.channel', input.channel);
  if (input.status !== undefined) void query.where('a.status', input.status);
  if (input.after !== undefined) void query.where('a.id', '>', input.after);
  const rows = (await query) as StockAlertRow[];
  return pageOf(rows.map(stockAlertOf), input.limit, ({ id }) => id);
}
