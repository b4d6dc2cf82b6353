import type { Database } from '../connect';
import { instant } from '../instant';
import { readMeantUnderWay } from '../stock-transfer/read-meant';

export interface IncomingSupply {
  sku: string;
  locationId: string;
  /** Pieces that are still to come. */
  quantity: number;
  expectedAt: string;
}

/**
 * Announced supply of some SKUs that has not come yet, earliest first; without pieces that are under way for the lines
 * of an order, which are nobody else's.
 */
export async function readIncoming(db: Database, skus: string[]): Promise<IncomingSupply[]> {
  const answer = await db.raw<{
    rows: { key: string; sku: string; location_id: string; open: number; expected_at: Date }[];
  }>(
    `SELECT key, sku, location_id, quantity - received AS open, expected_at
     FROM incoming_supply WHERE sku = ANY (?) AND received < quantity
     ORDER BY expected_at, id`,
    [skus],
  );
  const meant = answer.rows.some(({ key }) => key.startsWith('transfer:'))
    ? await readMeantUnderWay(db, skus)
    : [];
  const spokenFor = (key: string): number =>
    meant
      .filter(({ transferId, sku }) => key === `transfer:${transferId}:${sku}`)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  return answer.rows
    .map((row) => ({
      sku: row.sku,
      locationId: row.location_id,
      quantity: row.open - spokenFor(row.key),
      expectedAt: instant(row.expected_at),
    }))
    .filter(({ quantity }) => quantity > 0);
}
