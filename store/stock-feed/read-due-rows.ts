import type { Knex } from 'knex';
import type { FeedRow } from '../../domain/stock/feed';
import type { OpenPortion } from './open-portion';

/** A row with the chunk that it is in. */
export interface DueRow extends FeedRow {
  position: number;
}

/** Rows of a portion that are due, in the order of the file; those that repeat another are left out. */
export async function readDueRows(trx: Knex.Transaction, portion: OpenPortion): Promise<DueRow[]> {
  const answer = await trx.raw<{ rows: DueRow[] }>(
    `${withDueRows} SELECT position, line, sku, quantity, unsellable FROM due ORDER BY position, number`,
    { ...portion },
  );
  return answer.rows;
}

/** The first part of a statement about the rows of a portion that are due. */
export const withDueRows = `
  WITH again AS MATERIALIZED (
    SELECT a.line FROM stock_feed_chunks AS c, json_to_recordset(c.repeated) AS a (line int)
    WHERE c.feed_id = :feedId AND c.position BETWEEN :first AND :last
  ), due AS MATERIALIZED (
    SELECT c.position, r.line, r.sku, r.quantity, r.unsellable, r.place, r.number
    FROM stock_feed_chunks AS c
    CROSS JOIN LATERAL unnest(
      CASE WHEN c.due_lines IS NULL THEN c.lines ELSE c.due_lines END,
      CASE WHEN c.due_lines IS NULL THEN c.skus ELSE c.due_skus END,
      CASE WHEN c.due_lines IS NULL THEN c.quantities ELSE c.due_quantities END,
      CASE WHEN c.due_lines IS NULL THEN c.unsellable ELSE c.due_unsellable END,
      c.due_places
    ) WITH ORDINALITY AS r (line, sku, quantity, unsellable, place, number)
    WHERE c.feed_id = :feedId AND c.position BETWEEN :first AND :last
      AND (r.line IS NULL OR r.line NOT IN (SELECT line FROM again))
  )`;
