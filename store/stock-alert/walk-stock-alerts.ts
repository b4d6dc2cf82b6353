import type { BufferScope } from '../../domain/stock/channel-buffer';
import { takeWalk } from '../buffer/availability-walk';
import type { Database } from '../connect';
import { hasFree } from '../stock/has-free';
import { inTransaction } from '../transaction';

/** So many SKUs are looked at in one transaction. */
const atOnce = 1_000;

/**
 * Goes on with one walk: alerts that are waiting for goods which a changed buffer or location touches, and that are
 * there, are looked at once more. True when there is more to walk.
 */
export async function walkStockAlerts(db: Database): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    // Lines that wait come first: what they take is not back.
    if (await trx('availability_walks').where('walkers', 'backorders').first('id')) return false;
    const walk = await takeWalk(trx, 'alerts');
    if (!walk) return false;
    const noted = await trx.raw<{ rows: { last: string | null; skus: number }[] }>(sql, {
      ...{ after: walk.walkedTo, limit: atOnce },
      scopes: JSON.stringify(walk.scopes satisfies BufferScope[]),
    });
    const { last, skus } = noted.rows[0]!;
    await walk.goOn(skus < atOnce ? null : last);
    return true;
  });
}

// Also those that are due: who looks at one at this moment may have seen what could be sold as it was.
const sql = `
  WITH next AS (
    SELECT DISTINCT sku FROM stock_alerts WHERE status = 'waiting' AND sku > :after ORDER BY sku LIMIT :limit
  ), free AS MATERIALIZED (
    SELECT s.sku, s.location_id, p.category FROM stock AS s JOIN products AS p USING (sku)
    WHERE s.sku = ANY (ARRAY(SELECT sku FROM next))
      AND ${hasFree}
  ), noted AS (
    UPDATE stock_alerts AS a SET due_at = coalesce(a.due_at, '-infinity')
    FROM free AS f
    JOIN jsonb_to_recordset(:scopes) AS c (sku text, category text, "locationId" text, channel text)
      ON (c.sku IS NULL OR c.sku = f.sku) AND (c.category IS NULL OR c.category = f.category)
        AND (c."locationId" IS NULL OR c."locationId" = f.location_id)
    WHERE a.sku = f.sku AND a.status = 'waiting' AND (c.channel IS NULL OR c.channel = a.channel)
  )
  SELECT (SELECT max(sku) FROM next) AS last, (SELECT count(*)::int FROM next) AS skus`;
