import type { Knex } from 'knex';
import type { FedPlace, FeedRow } from '../../domain/stock/feed';
import type { OpenPortion } from './open-portion';

interface Counters {
  sku: string;
  onHand: number;
  unsellable: number;
  reserved: number;
  allocated: number;
  hasMoved: boolean | null;
}
type Since = FedPlace['since'];

/**
 * Locks the counters of some SKUs at the feed's location in key order; makes those of products that the location never
 * had. By SKU; what is no product is left out.
 */
export async function lockFedPlaces(
  trx: Knex.Transaction,
  portion: OpenPortion,
  rows: readonly FeedRow[],
): Promise<Map<string, FedPlace>> {
  if (rows.length === 0) return new Map();
  const skus = [...new Set(rows.map((row) => row.sku))].sort();
  const { locationId, takenAt } = portion;
  const question = { locationId, takenAt, skus };
  let locked = await trx.raw<{ rows: Counters[] }>(lock, question);
  if (locked.rows.length < skus.length) {
    await trx.raw(make, question);
    locked = await trx.raw<{ rows: Counters[] }>(lock, question);
  }
  const here = locked.rows;
  const moved = here.filter((row) => row.hasMoved).map((row) => row.sku);
  const since = await readSince(trx, portion, moved);
  return new Map(here.map((row) => [row.sku, { ...row, since: since.get(row.sku) ?? nothingSince }]));
}

const nothingSince: Since = { onHand: 0, unsellable: 0, isCounted: false };

/** What happened to some SKUs at the location after the feed was taken. */
async function readSince(
  trx: Knex.Transaction,
  { locationId, takenAt, sinceId }: OpenPortion,
  skus: string[],
): Promise<Map<string, Since>> {
  if (skus.length === 0) return new Map();
  const answer = await trx.raw<{ rows: (Since & { sku: string })[] }>(read, {
    locationId,
    takenAt,
    sinceId,
    skus,
  });
  return new Map(answer.rows.map(({ sku, ...since }) => [sku, since]));
}

const make = `
  INSERT INTO stock (sku, location_id)
  SELECT p.sku, :locationId FROM unnest(CAST(:skus AS text[])) AS w (sku) JOIN products AS p ON p.sku = w.sku
  WHERE NOT EXISTS (SELECT 1 FROM stock AS s WHERE s.sku = w.sku AND s.location_id = :locationId)
  ORDER BY p.sku
  ON CONFLICT (sku, location_id) DO NOTHING`;

const lock = `
  WITH locked AS (
    SELECT * FROM stock
    WHERE sku = ANY (:skus) AND location_id = :locationId
    ORDER BY sku FOR UPDATE
  )
  SELECT sku, on_hand AS "onHand", unsellable, reserved, allocated, moved_at > :takenAt AS "hasMoved"
  FROM locked`;

/** A feed is not news to the next one: that was taken later and knows of it. */
const read = `
  SELECT sku, sum(on_hand)::int AS "onHand", sum(unsellable)::int AS unsellable,
         bool_or(cause = 'count') AS "isCounted"
  FROM stock_ledger
  WHERE sku = ANY (:skus) AND location_id = :locationId AND id > :sinceId AND at > :takenAt AND cause <> 'feed'
    AND (on_hand <> 0 OR unsellable <> 0 OR cause = 'count')
  GROUP BY sku`;
