import type { Database } from '../connect';

/** What waits for a count of a SKU at the store that sold it, among the waits of its order. */
export const countWait = (sku: string): string => `count:${sku}`;

/** Somebody has counted: the orders whose till sold more than were known to be there wait for it no more. */
export async function endCountWaits(
  trx: Database,
  { sku, locationId }: { sku: string; locationId: string },
): Promise<void> {
  await trx('order_waits')
    .where('key', countWait(sku))
    .whereIn(
      'order_id',
      trx('stock_ledger').where({ sku, location_id: locationId, cause: 'foundAtTill' }).select('order_id'),
    )
    .delete();
}

/**
 * A full feed names what is on the shelves, and what it leaves out is not there: who waited for a count when it was
 * taken waits no more, unless the row of the SKU was refused.
 */
export async function endCountWaitsByFeed(trx: Database, feedId: string): Promise<void> {
  await trx.raw(endByFeed, { feedId });
}

/** From the few who wait to what they wait for: the ledger of a location is as long as its life. */
const endByFeed = `
  WITH waiting AS MATERIALIZED (
    SELECT order_id, key, since, substr(key, ${countWait('').length + 1}) AS sku
    FROM order_waits WHERE key LIKE '${countWait('')}%'
  ), refused AS (
    SELECT r ->> 1 AS sku FROM stock_feed_chunks AS c CROSS JOIN LATERAL json_array_elements(c.results) AS r
    WHERE c.feed_id = :feedId AND r ->> 2 = 'refused' AND EXISTS (SELECT FROM waiting)
  )
  DELETE FROM order_waits AS w USING stock_feeds AS f, waiting AS n
  WHERE f.id = :feedId AND n.since < f.taken_at AND w.order_id = n.order_id AND w.key = n.key
    AND EXISTS (
      SELECT FROM stock_ledger AS l
      WHERE l.sku = n.sku AND l.location_id = f.location_id AND l.cause = 'foundAtTill' AND l.order_id = n.order_id)
    AND n.sku NOT IN (SELECT sku FROM refused WHERE sku IS NOT NULL)`;
