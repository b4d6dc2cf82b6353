import type { StockFinding } from '../../domain/shipping/rejection';
import type { Database } from '../connect';

export interface StockCorrection {
  /** Of the work or the transfer that was refused: names the intent. */
  refusedId: string;
  locationId: string;
  orderId: string | null;
  finding: StockFinding;
  /** That were looked for. */
  pieces: readonly { sku: string; quantity: number }[];
  reason: string;
  actor: string;
  at: string;
}

/**
 * What a refusal says of the shelf, as a movement: `missing` counts away what no order holds, `damaged` puts aside
 * the pieces that were refused. What orders hold stays theirs: their own people will look for it. Runs after the
 * refused stock was given back and before that goes to anybody else, under the locks of the SKUs.
 */
export async function correctStock(trx: Database, correction: StockCorrection): Promise<void> {
  const { refusedId, locationId, orderId, finding, pieces, reason, actor, at } = correction;
  await trx.raw(sql, {
    ...{ finding, reason, actor, at, locationId, orderId },
    key: `refused:${refusedId}`,
    cause: finding === 'missing' ? 'count' : 'quarantine',
    pieces: JSON.stringify(pieces.map(({ sku, quantity }) => ({ sku, quantity }))),
  });
}

const sql = `
  WITH looked_for AS (
    SELECT sku, sum(quantity)::int AS quantity
    FROM jsonb_to_recordset(:pieces) AS p (sku text, quantity int) GROUP BY sku
  ), found AS (
    SELECT s.sku, greatest(0, s.on_hand - s.unsellable - s.reserved - s.allocated) AS free, l.quantity
    FROM stock AS s JOIN looked_for AS l ON l.sku = s.sku
    WHERE s.location_id = :locationId ORDER BY s.sku FOR UPDATE OF s
  ), change AS (
    SELECT sku, CASE WHEN :finding = 'missing' THEN -free ELSE 0 END AS on_hand,
           CASE WHEN :finding = 'damaged' THEN least(free, quantity) ELSE 0 END AS unsellable
    FROM found WHERE free > 0
  ), moved AS (
    UPDATE stock AS s SET on_hand = s.on_hand + c.on_hand, unsellable = s.unsellable + c.unsellable
    FROM change AS c WHERE s.sku = c.sku AND s.location_id = :locationId
    RETURNING s.sku, s.version, c.on_hand, c.unsellable
  )
  INSERT INTO stock_ledger (key, sku, location_id, cause, on_hand, unsellable, version, actor, reason, order_id, at)
  SELECT :key, sku, :locationId, :cause, on_hand, unsellable, version, :actor, :reason, :orderId, :at FROM moved`;
