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

export interface AlertPosition {
  createdAt: string;
  id: string;
}

/** Who waits, and who was told, the newest first, a page at a time. */
export async function listStockAlerts(
  db: Database,
  input: { sku?: string; channel?: string; status?: StockAlertState; after?: AlertPosition; limit: number },
): Promise<Page<StockAlert, AlertPosition>> {
  const query = alerts(db)
    .orderBy([
      { column: 'a.created_at', order: 'desc' },
      { column: 'a.id', order: 'desc' },
    ])
    .limit(input.limit + 1);
  if (input.sku !== undefined) void query.where('a.sku', input.sku);
  if (input.channel !== undefined) void query.where('a.channel', input.channel);
  if (input.status !== undefined) void query.where('a.status', input.status);
  if (input.after)
    void query.whereRaw('(a.created_at, a.id) < (?, ?)', [input.after.createdAt, input.after.id]);
  const rows = (await query) as StockAlertRow[];
  return pageOf(rows.map(stockAlertOf), input.limit, ({ createdAt, id }) => ({ createdAt, id }));
}
