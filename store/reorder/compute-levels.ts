import { leadTimeAt } from '../../domain/purchasing/lead-time';
import {
  mostSalesDays,
  reorderLevels,
  type ReorderLevels,
  type ServiceLevel,
} from '../../domain/stock/reorder-levels';
import type { Database } from '../connect';
import { findSupplierOf } from './supplier-of';

export interface LevelsInput {
  sku: string;
  locationId: string;
  supplierId: string | null;
  serviceLevel: ServiceLevel;
  coverDays: number;
  at: string;
}

/**
 * Point and target from what left the location in the last 90 times 24 hours, by carrier or over its counter, and
 * the lead time of its supplier; without one the lead time is taken to be none.
 */
export async function computeLevels(db: Database, input: LevelsInput): Promise<ReorderLevels> {
  const found = await findSupplierOf(db, input);
  const answer = await db.raw<{ rows: { sold: number[]; known_days: number }[] }>(sql, {
    ...{ sku: input.sku, locationId: input.locationId, at: input.at, days: mostSalesDays },
  });
  const { sold, known_days: knownDays } = answer.rows[0]!;
  const { serviceLevel, coverDays } = input;
  return reorderLevels({
    ...{ sold, knownDays, serviceLevel, coverDays },
    leadTimeDays: found ? leadTimeAt(found.supplier, input.at) : 0,
  });
}

const sql = `
  WITH ledger AS (
    SELECT at, cause, on_hand FROM stock_ledger WHERE sku = :sku AND location_id = :locationId
  ), by_day AS (
    SELECT -sum(on_hand)::int AS sold FROM ledger
    WHERE cause IN ('shipment', 'tillSale') AND at <= CAST(:at AS timestamptz)
      AND at > CAST(:at AS timestamptz) - make_interval(days => :days)
    GROUP BY floor(extract(epoch FROM CAST(:at AS timestamptz) - at) / 86400)
  )
  SELECT (SELECT coalesce(json_agg(sold), '[]') FROM by_day) AS sold,
         coalesce((SELECT extract(epoch FROM CAST(:at AS timestamptz) - min(at)) / 86400 FROM ledger), 0)::float
           AS known_days`;
