import type { Database } from '../connect';
import { instant } from '../instant';
import { pageOf, type Page } from '../page';

/** A SKU that shoppers want to be told of. */
export interface StockAlertCount {
  sku: string;
  title: string;
  /** Shoppers that will be told, and the pieces that they want together. */
  waiting: number;
  pieces: number;
  unconfirmed: number;
  /** When the first of them asked. */
  since: string;
}
export interface CountPosition {
  waiting: number;
  sku: string;
}

/** How many wait for each SKU, those most waited for first, a page at a time. */
export async function countStockAlerts(
  db: Database,
  { channel, after, limit }: { channel: string | null; after?: CountPosition; limit: number },
): Promise<Page<StockAlertCount, CountPosition>> {
  const answer = await db.raw<{ rows: (Omit<StockAlertCount, 'since'> & { since: Date })[] }>(sql, {
    ...{ channel, waiting: after?.waiting ?? null, sku: after?.sku ?? null },
    limit: limit + 1,
  });
  const rows = answer.rows.map((row) => ({ ...row, since: instant(row.since) }));
  return pageOf(rows, limit, ({ waiting, sku }) => ({ waiting, sku }));
}

const sql = `
  SELECT c.*, p.title
  FROM (SELECT sku, (count(*) FILTER (WHERE status = 'waiting'))::int AS waiting,
               coalesce(sum(quantity) FILTER (WHERE status = 'waiting'), 0)::int AS pieces,
               (count(*) FILTER (WHERE status = 'unconfirmed'))::int AS unconfirmed, min(created_at) AS since
        FROM stock_alerts
        WHERE status IN ('unconfirmed', 'waiting') AND (CAST(:channel AS text) IS NULL OR channel = :channel)
        GROUP BY sku) AS c
  JOIN products AS p ON p.sku = c.sku
  WHERE CAST(:waiting AS int) IS NULL OR c.waiting < :waiting OR (c.waiting = :waiting AND c.sku > :sku)
  ORDER BY c.waiting DESC, c.sku LIMIT :limit`;
