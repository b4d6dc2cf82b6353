import type { Knex } from 'knex';
import { lockSkus } from '../stock/lock-skus';
import type { OpenPortion } from './open-portion';
import { withDueRows } from './read-due-rows';

/** Lines that wait are served with a portion as long as their SKUs are not more; the others afterwards, by serveGrown. */
const mostLockedSkus = 500;

/**
 * SKUs of a portion that lines wait for, locked: and then, in key order, all the places that applying it and giving to
 * those lines will touch.
 */
export async function lockWaitedFor(trx: Knex.Transaction, portion: OpenPortion): Promise<string[]> {
  const answer = await trx.raw<{ rows: { sku: string }[] }>(waitedFor, { ...portion, mostLockedSkus });
  const skus = answer.rows.map(({ sku }) => sku);
  if (skus.length === 0) return [];
  await lockSkus(trx, skus);
  await trx.raw(lockPlaces, { ...portion, skus });
  return skus;
}

const waitedFor = `${withDueRows}
  SELECT DISTINCT sku FROM backorders WHERE open > 0 AND sku IN (SELECT sku FROM due)
  ORDER BY sku LIMIT :mostLockedSkus`;

const lockPlaces = `${withDueRows}, places AS (
    SELECT sku, :locationId AS location_id FROM due
    UNION SELECT sku, location_id FROM stock WHERE sku = ANY (:skus)
  )
  SELECT 1 FROM stock WHERE (sku, location_id) IN (SELECT sku, location_id FROM places)
  ORDER BY sku, location_id FOR UPDATE`;

/** Which of some SKUs a portion has brought more of to sell. */
export async function readGrownOf(
  trx: Knex.Transaction,
  { feedId, first, last }: OpenPortion,
  skus: readonly string[],
): Promise<string[]> {
  if (skus.length === 0) return [];
  const answer = await trx.raw<{ rows: { sku: string }[] }>(
    `SELECT sku FROM unnest(CAST(:skus AS text[])) WITH ORDINALITY AS s (sku, number)
     WHERE sku IN (
       SELECT unnest(grown) FROM stock_feed_chunks
       WHERE feed_id = :feedId AND position BETWEEN :first AND :last)
     ORDER BY number`,
    { feedId, first, last, skus: [...skus] },
  );
  return answer.rows.map(({ sku }) => sku);
}
