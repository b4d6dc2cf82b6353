import type { Address } from '../../domain/order/types';
import type { Database } from '../connect';

/** A carton for unknown goods, in grams. */
const unknownWeightGrams = 500;

export interface ReturnDestination {
  address: Address;
  weightGrams: number;
  serial: number;
}

/** Where the goods of a return go, what they weigh, and the serial for the SSCC of their carton, drawn once. */
export async function readReturnDestination(db: Database, returnId: string): Promise<ReturnDestination> {
  const answer = await db.raw<{
    rows: { address: Address; name: string; weight: number | null; serial: number }[];
  }>(
    `WITH numbered AS (
       UPDATE returns SET sscc_serial = coalesce(sscc_serial, nextval('sscc_serial')) WHERE id = :returnId
       RETURNING id, location_id, sscc_serial
     )
     SELECT l.address, l.name, n.sscc_serial AS serial,
       (SELECT sum(p.weight_grams * rl.quantity)::int FROM return_lines AS rl JOIN products AS p ON p.sku = rl.sku
        WHERE rl.return_id = n.id) AS weight
     FROM numbered AS n JOIN locations AS l ON l.id = n.location_id`,
    { returnId },
  );
  const row = answer.rows[0];
  if (!row) throw new Error(`Return ${returnId} has no location to go to`);
  return {
    address: { ...row.address, name: row.name },
    weightGrams: row.weight ?? unknownWeightGrams,
    serial: row.serial,
  };
}
