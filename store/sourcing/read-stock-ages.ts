import type { Database } from '../connect';
import { prepared } from '../prepared';

/** By location, then SKU. */
export type ByPlace<Fact> = Record<string, Record<string, Fact>>;

/**
 * For how many days (of 24 hours) the oldest sellable pieces have lain at each location that has some. What came
 * first leaves first: so what is there is what came last, and the newest arrivals in the ledger that make up as many
 * pieces tell since when. What comes from another location, or back from a customer, begins anew.
 */
export async function readStockAges(
  db: Database,
  { skus, at }: { skus: string[]; at: string },
): Promise<ByPlace<number>> {
  const answer = await prepared<{ rows: { ages: ByPlace<number> | null }[] }>(db, sql, { skus, at });
  return answer.rows[0]!.ages ?? {};
}

const sql = `
  SELECT jsonb_object_agg(location_id, ages) AS ages
  FROM (
    SELECT s.location_id, jsonb_object_agg(s.sku,
             greatest(0, floor(extract(epoch FROM CAST(:at AS timestamptz) - oldest.at) / 86400))) AS ages
    FROM stock AS s
    CROSS JOIN LATERAL (
      SELECT at FROM (
        SELECT l.id, l.at, sum(l.on_hand) OVER (ORDER BY l.id DESC ROWS UNBOUNDED PRECEDING) AS pieces
        FROM stock_ledger AS l
        WHERE l.sku = s.sku AND l.location_id = s.location_id AND l.on_hand > 0
      ) AS came
      WHERE pieces >= s.on_hand - s.unsellable ORDER BY id DESC LIMIT 1
    ) AS oldest
    WHERE s.sku = ANY (:skus) AND s.on_hand > s.unsellable
    GROUP BY s.location_id
  ) AS by_location`;
