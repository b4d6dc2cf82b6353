import type { Database } from '../connect';

export interface WorkToShip {
  fulfillmentId: string;
  locationId: string;
  /** Where the order names several. */
  destination: string | null;
  /** Of what is sent there: the store at which it is collected. */
  pickupLocationId: string | null;
  lines: { lineId: string; sku: string; quantity: number }[];
}

/** Of some work, what is to be shipped and has no service yet. */
export async function readWorkToShip(db: Database, fulfillmentIds: readonly string[]): Promise<WorkToShip[]> {
  const answer = await db.raw<{ rows: WorkToShip[] }>(
    `SELECT f.id AS "fulfillmentId", f.location_id AS "locationId", f.destination,
       f.pickup_location_id AS "pickupLocationId",
       (SELECT json_agg(json_build_object('lineId', l.line_id, 'sku', l.sku, 'quantity', l.quantity) ORDER BY l.line_id)
        FROM fulfillment_lines AS l WHERE l.fulfillment_id = f.id) AS lines
     FROM fulfillments AS f
     WHERE f.id = ANY (?) AND f.mode IN ('ship', 'shipToStore') AND f.status = 'allocated' AND f.carrier IS NULL ORDER BY f.id`,
    [[...fulfillmentIds]],
  );
  return answer.rows;
}
