import type { Knex } from 'knex';
import type { OpenPortion } from './open-portion';
import { withDueRows, type DueRow } from './read-due-rows';

/**
 * Applies, in one statement and without carrying a row out of the database, what most rows of a full feed are: nothing
 * was moved after the feed was taken, and no piece is taken away that somebody has a claim on. Such a place is set to
 * what the row says (as `planFeedRows` would have it), or made so; each change has its ledger row. Answers how many
 * rows were set, and the others.
 */
export async function setPlainRows(
  trx: Knex.Transaction,
  portion: OpenPortion,
  at: string,
): Promise<{ set: number; others: DueRow[] }> {
  const answer = await trx.raw<{ rows: { set: number; others: DueRow[] }[] }>(sql, { ...portion, at });
  return answer.rows[0]!;
}

/** A place that was made for nothing has not changed. */
const isChange = '(on_hand <> was OR unsellable <> was_aside)';

/**
 * Places are locked in key order, one after the other as they are set: as everybody locks them. They are looked for
 * where they were when they were compared; whoever changed anything there has taken them elsewhere, and the row is one
 * of the others.
 */
const sql = `${withDueRows}, places AS MATERIALIZED (
    SELECT d.*, s.on_hand AS was, s.unsellable AS was_aside, s.reserved + s.allocated AS held,
      s.moved_at > :takenAt AS has_moved, coalesce(d.unsellable, s.unsellable) AS aside
    FROM due AS d JOIN stock AS s ON s.ctid = d.place AND s.sku = d.sku AND s.location_id = :locationId
    ORDER BY s.sku FOR UPDATE OF s
  ), moved AS (
    UPDATE stock AS s SET on_hand = p.quantity, unsellable = p.aside
    FROM places AS p
    WHERE s.ctid = p.place AND p.has_moved IS NOT TRUE AND p.quantity - p.aside >= p.held
      AND (p.quantity <> p.was OR p.aside <> p.was_aside)
    RETURNING p.position, p.line, p.sku, p.was, p.was_aside, s.on_hand, s.unsellable, s.version
  ), made AS (
    INSERT INTO stock (sku, location_id, on_hand, unsellable)
    SELECT d.sku, :locationId, d.quantity, coalesce(d.unsellable, 0)
    FROM due AS d JOIN products AS p ON p.sku = d.sku
    WHERE d.place IS NULL AND d.quantity >= coalesce(d.unsellable, 0)
    ORDER BY d.sku
    ON CONFLICT (sku, location_id) DO NOTHING
    RETURNING sku, on_hand, unsellable, version
  ), done AS (
    SELECT * FROM moved
    UNION ALL
    SELECT d.position, d.line, d.sku, 0, 0, m.on_hand, m.unsellable, m.version
    FROM made AS m JOIN due AS d ON d.sku = m.sku
  ), noted AS (
    INSERT INTO stock_ledger (key, sku, location_id, cause, on_hand, unsellable, version, actor, reference, at)
    SELECT 'feed:' || :feedId || ':' || line, sku, :locationId, 'feed', on_hand - was, unsellable - was_aside, version,
           :actor, :feedId, :at
    FROM done WHERE ${isChange}
  ), kept AS (
    UPDATE stock_feed_chunks AS c SET set_lines = k.lines, set_from = k.was, set_from_unsellable = k.was_aside,
      grown = k.grown
    FROM (
      SELECT position, array_agg(line) AS lines, array_agg(was) AS was, array_agg(was_aside) AS was_aside,
        coalesce(array_agg(sku) FILTER (WHERE on_hand - was > unsellable - was_aside), '{}') AS grown
      FROM done GROUP BY position
    ) AS k
    WHERE c.feed_id = :feedId AND c.position = k.position
  )
  SELECT (SELECT count(*)::int FROM done WHERE ${isChange}) AS set, coalesce((
    SELECT json_agg(json_build_object('position', position, 'line', line, 'sku', sku, 'quantity', quantity,
      'unsellable', unsellable) ORDER BY position, number)
    FROM due WHERE line NOT IN (SELECT line FROM done)), '[]') AS others`;
