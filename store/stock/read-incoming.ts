import type { Database } from '../connect';
import { instant } from '../instant';

export interface IncomingSupply {
  sku: string;
  locationId: string;
  /** Pieces that are still to come. */
  quantity: number;
  expectedAt: string;
}

/** Announced supply of some SKUs that has not come yet, earliest first. */
export async function readIncoming(db: Database, skus: string[]): Promise<IncomingSupply[]> {
  const answer = await db.raw<{
    rows: { sku: string; location_id: string; open: number; expected_at: Date }[];
  }>(
    `SELECT sku, location_id, quantity - received AS open, expected_at
     FROM incoming_supply WHERE sku = ANY (?) AND received < quantity
     ORDER BY expected_at, id`,
    [skus],
  );
  return answer.rows.map((row) => ({
    sku: row.sku,
    locationId: row.location_id,
    quantity: row.open,
    expectedAt: instant(row.expected_at),
  }));
}
