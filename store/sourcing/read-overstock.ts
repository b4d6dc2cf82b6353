import { isOverstocked, type StockCover } from '../../domain/stock/overstock';
import { mostSalesDays } from '../../domain/stock/reorder-levels';
import type { Database } from '../connect';
import { prepared } from '../prepared';
import type { ByPlace } from './read-stock-ages';

/** Where there is too much of which of the SKUs, at an instant. */
export async function readOverstock(
  db: Database,
  { skus, at }: { skus: string[]; at: string },
): Promise<ByPlace<boolean>> {
  const answer = await prepared<{ rows: (StockCover & { sku: string; locationId: string })[] }>(db, sql, {
    ...{ skus, at, days: mostSalesDays },
  });
  const places: ByPlace<boolean> = {};
  for (const { sku, locationId, ...cover } of answer.rows)
    (places[locationId] ??= {})[sku] = isOverstocked(cover);
  return places;
}

const sql = `
  SELECT s.sku, s.location_id AS "locationId", s.on_hand - s.unsellable - s.reserved - s.allocated AS free, r.target,
    CASE WHEN r.target IS NULL THEN (
      SELECT coalesce(-sum(l.on_hand), 0)::int FROM stock_ledger AS l
      WHERE l.sku = s.sku AND l.location_id = s.location_id AND l.cause IN ('shipment', 'tillSale')
        AND l.at > CAST(:at AS timestamptz) - make_interval(days => :days) AND l.at <= CAST(:at AS timestamptz))
      ELSE 0 END AS sold,
    CASE WHEN r.target IS NULL THEN coalesce((
      SELECT extract(epoch FROM CAST(:at AS timestamptz) - l.at) / 86400 FROM stock_ledger AS l
      WHERE l.sku = s.sku AND l.location_id = s.location_id AND l.on_hand > 0 ORDER BY l.id LIMIT 1), 0)
      ELSE 0 END::float AS "knownDays"
  FROM stock AS s
  LEFT JOIN reorder_points AS r ON r.sku = s.sku AND r.location_id = s.location_id AND r.mode <> 'off'
  WHERE s.sku = ANY (:skus) AND s.on_hand > s.unsellable + s.reserved + s.allocated`;
