import type { Database } from '../connect';

/** A counter that does not say what the rows beneath it come to. */
export interface StockDifference {
  sku: string;
  locationId: string;
  counter: string;
  /** What the counter says. */
  counted: number;
  /** What the ledger, the holds or the announcements come to. */
  recorded: number;
  from: 'ledger' | 'allocations' | 'reservations' | 'incomingSupply';
}

/**
 * Recomputes every stock counter from the rows that it sums up: all of them from the ledger, `allocated` and
 * `reserved` from the holds and `incoming` from what is announced as well. Empty when all agree.
 */
export async function findStockDifferences(db: Database): Promise<StockDifference[]> {
  const answer = await db.raw<{ rows: StockDifference[] }>(sql);
  return answer.rows;
}

const sql = `
  WITH ledger AS (
    SELECT sku, location_id, sum(on_hand) AS on_hand, sum(unsellable) AS unsellable, sum(reserved) AS reserved,
           sum(allocated) AS allocated, sum(incoming) AS incoming, sum(safety_stock) AS safety_stock
    FROM stock_ledger GROUP BY 1, 2
  ), held AS (
    SELECT sku, location_id, sum(quantity) AS pieces FROM allocations WHERE state = 'held' GROUP BY 1, 2
  ), cart AS (
    SELECT p.sku, p.location_id, sum(p.quantity) AS pieces
    FROM reservation_pieces AS p JOIN reservations AS r ON r.id = p.reservation_id
    WHERE r.status = 'held' GROUP BY 1, 2
  ), announced AS (
    SELECT sku, location_id, sum(quantity - received) AS pieces FROM incoming_supply GROUP BY 1, 2
  ), places AS (
    SELECT sku, location_id FROM stock UNION SELECT sku, location_id FROM ledger
    UNION SELECT sku, location_id FROM held UNION SELECT sku, location_id FROM cart
    UNION SELECT sku, location_id FROM announced
  ), compared AS (
    SELECT p.sku, p.location_id, c.*
    FROM places AS p
    LEFT JOIN stock AS s USING (sku, location_id)
    LEFT JOIN ledger AS l USING (sku, location_id)
    LEFT JOIN held AS h USING (sku, location_id)
    LEFT JOIN cart AS r USING (sku, location_id)
    LEFT JOIN announced AS a USING (sku, location_id)
    CROSS JOIN LATERAL (VALUES
      (1, 'onHand', s.on_hand, l.on_hand, 'ledger'),
      (2, 'unsellable', s.unsellable, l.unsellable, 'ledger'),
      (3, 'reserved', s.reserved, l.reserved, 'ledger'),
      (4, 'allocated', s.allocated, l.allocated, 'ledger'),
      (5, 'allocated', s.allocated, h.pieces, 'allocations'),
      (6, 'incoming', s.incoming, l.incoming, 'ledger'),
      (7, 'incoming', s.incoming, a.pieces, 'incomingSupply'),
      (8, 'safetyStock', s.safety_stock, l.safety_stock, 'ledger'),
      (9, 'reserved', s.reserved, r.pieces, 'reservations')
    ) AS c (position, counter, counted, recorded, source)
  )
  SELECT sku, location_id AS "locationId", counter, coalesce(counted, 0)::int AS counted,
         coalesce(recorded, 0)::int AS recorded, source AS "from"
  FROM compared WHERE coalesce(counted, 0) <> coalesce(recorded, 0)
  ORDER BY sku, location_id, position`;
