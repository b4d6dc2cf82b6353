import type { Knex } from 'knex';
import type { FeedRowResult } from '../../domain/stock/feed';
import type { OpenPortion } from './open-portion';

/** What became of a row, with the chunk that it is in. */
export interface ChunkResult extends FeedRowResult {
  position: number;
}

/** What is known of rows without looking at stock: those that could not be read, those that repeat another. */
export async function readToldRows(trx: Knex.Transaction, portion: OpenPortion): Promise<ChunkResult[]> {
  const answer = await trx.raw<{ rows: Omit<ChunkResult, 'before' | 'after'>[] }>(toldAlready, {
    ...portion,
  });
  return answer.rows.map((row) => ({ ...row, before: null, after: null }));
}

const toldAlready = `
  SELECT c.position, p.line, p.sku, 'refused' AS outcome, p.reason
  FROM stock_feed_chunks AS c, json_to_recordset(c.problems) AS p (line int, sku text, reason text)
  WHERE c.feed_id = :feedId AND c.position BETWEEN :first AND :last
  UNION ALL
  SELECT c.position, r.line, r.sku, CASE WHEN r."isSame" THEN 'unchanged' ELSE 'refused' END,
         CASE WHEN r."isSame" THEN 'The same as line ' || r.first
              ELSE 'Line ' || r.first || ' names the SKU with other figures: that one counts' END
  FROM stock_feed_chunks AS c, json_to_recordset(c.repeated) AS r (line int, sku text, first int, "isSame" boolean)
  WHERE c.feed_id = :feedId AND c.position BETWEEN :first AND :last`;
