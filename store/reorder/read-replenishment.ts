import type { Replenished } from '../../domain/stock/replenishment';
import type { Database } from '../connect';

export interface ReplenishedSku extends Replenished {
  sku: string;
  title: string;
}

/** Every SKU that a location has a reorder point for, with what is there, to come, and ordered from the network. */
export async function readReplenishment(db: Database, locationId: string): Promise<ReplenishedSku[]> {
  const answer = await db.raw<{ rows: ReplenishedSku[] }>(sql, { locationId });
  return answer.rows;
}

const sql = `
  WITH ordered AS (
    SELECT l.sku, sum(l.quantity - l.cancelled - coalesce((
             SELECT sum(w.quantity) FROM fulfillment_lines AS w JOIN fulfillments AS f ON f.id = w.fulfillment_id
             WHERE w.line_id = l.id AND f.status IN ('shipped', 'delivered', 'returned')), 0))::int AS pieces
    FROM orders AS o JOIN order_lines AS l ON l.order_id = o.id
    WHERE o.content #>> '{delivery,toLocationId}' = :locationId AND o.status IN ('placed', 'onHold', 'confirmed')
    GROUP BY l.sku
  )
  SELECT r.sku, p.title, r.point, r.target, coalesce(ordered.pieces, 0) AS ordered,
         coalesce(s.on_hand - s.unsellable - s.reserved - s.allocated, 0) AS free,
         coalesce(s.incoming, 0) AS incoming
  FROM reorder_points AS r
  JOIN products AS p ON p.sku = r.sku
  LEFT JOIN stock AS s ON s.sku = r.sku AND s.location_id = r.location_id
  LEFT JOIN ordered ON ordered.sku = r.sku
  WHERE r.location_id = :locationId
  ORDER BY r.sku LIMIT 500`;
