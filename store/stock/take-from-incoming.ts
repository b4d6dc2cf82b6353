import type { Database } from '../connect';

/**
 * Marks announced supply as received, earliest first, and answers how many pieces that were. Only a receipt
 * that names the announcement's reference is taken to be it.
 */
export async function takeFromIncoming(
  trx: Database,
  supply: { sku: string; locationId: string; reference?: string },
  quantity: number,
): Promise<number> {
  if (supply.reference === undefined) return 0;
  const taken = await trx.raw<{ rows: { pieces: number }[] }>(
    `WITH announced AS (
       SELECT id, quantity - received AS open,
              coalesce(sum(quantity - received) OVER (
                ORDER BY expected_at, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
       FROM incoming_supply
       WHERE sku = :sku AND location_id = :locationId AND reference = :reference AND received < quantity
     ), taken AS (
       UPDATE incoming_supply AS i SET received = i.received + least(a.open, :quantity - a.before)
       FROM announced AS a WHERE a.id = i.id AND a.before < :quantity
       RETURNING least(a.open, :quantity - a.before) AS pieces
     )
     SELECT coalesce(sum(pieces), 0)::int AS pieces FROM taken`,
    { sku: supply.sku, locationId: supply.locationId, reference: supply.reference, quantity },
  );
  return taken.rows[0]?.pieces ?? 0;
}
