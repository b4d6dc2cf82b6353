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
  await trx.raw(
    `DELETE FROM order_waits AS w USING stock_feeds AS f, stock_ledger AS l
     WHERE f.id = :feedId AND w.key LIKE :anyCount AND w.since < f.taken_at
       AND l.order_id = w.order_id AND l.location_id = f.location_id AND l.cause = 'foundAtTill'
       AND w.key = :before || l.sku
       AND NOT EXISTS (
         SELECT FROM stock_feed_chunks AS c CROSS JOIN LATERAL json_array_elements(c.results) AS r
         WHERE c.feed_id = f.id AND r ->> 1 = l.sku AND r ->> 2 = 'refused'
       )`,
    { feedId, before: countWait(''), anyCount: `${countWait('')}%` },
  );
}
