import type { Knex } from 'knex';
import { planFeedRows, type FeedRow, type FeedRowResult } from '../../domain/stock/feed';
import type { Database } from '../connect';
import { assignBackorders } from '../stock/assign-backorders';
import { lockSkus } from '../stock/lock-skus';
import { inTransaction } from '../transaction';
import { lockFedPlaces } from './lock-fed-places';
import { lockNextChunk, type OpenChunk } from './open-chunk';
import { writeChunk } from './write-chunk';

export type ApplyChunkResult = { outcome: 'applied'; position: number } | { outcome: 'none' };

/** Lines that wait are served here as long as their SKUs are not more; the others right afterwards, by serveGrown. */
const mostLockedSkus = 500;

/**
 * Applies the next chunk of a feed in one transaction: counters, ledger, results, and new stock given to lines that
 * wait for it. Rows that the counters agree with already are passed over by one read. A chunk is applied once; asked
 * again, the next is.
 */
export async function applyChunk(db: Database, feedId: string, at: string): Promise<ApplyChunkResult> {
  return inTransaction(db, async (trx) => {
    const chunk = await lockNextChunk(trx, feedId);
    if (!chunk) return { outcome: 'none' };
    const rows = await readDifferent(trx, chunk);
    const waiting = await readWaitedFor(trx, rows);
    await lockSkus(trx, waiting);
    const places = await lockFedPlaces(trx, chunk, rows, waiting);
    const { results, changes } = planFeedRows(chunk.mode, rows, places);
    const told = [...results, ...(await readTold(trx, chunk))];
    const grown = await writeChunk(trx, chunk, changes, told, at);
    for (const sku of waiting) if (grown.includes(sku)) await assignBackorders(trx, { sku, at });
    return { outcome: 'applied', position: chunk.position };
  });
}

/** Rows that would change something, or whose SKU has no counters here; those that repeat another are left out. */
async function readDifferent(trx: Knex.Transaction, chunk: OpenChunk): Promise<FeedRow[]> {
  const answer = await trx.raw<{ rows: FeedRow[] }>(different, { ...chunk });
  return answer.rows;
}

const different = `
  WITH again AS MATERIALIZED (
    SELECT a.line FROM stock_feed_chunks AS c, json_to_recordset(c.repeated) AS a (line int)
    WHERE c.feed_id = :feedId AND c.position = :position
  )
  SELECT r.line, r.sku, r.quantity, r.unsellable
  FROM stock_feed_chunks AS c
  CROSS JOIN LATERAL unnest(c.lines, c.skus, c.quantities, c.unsellable)
    WITH ORDINALITY AS r (line, sku, quantity, unsellable, number)
  LEFT JOIN stock AS s ON s.sku = r.sku AND s.location_id = :locationId
  WHERE c.feed_id = :feedId AND c.position = :position
    AND CASE :mode WHEN 'delta' THEN s.sku IS NULL OR r.quantity <> 0 OR r.unsellable <> 0
        ELSE s.sku IS NULL OR s.on_hand <> r.quantity OR s.unsellable <> r.unsellable OR s.moved_at > :takenAt END
    AND (r.line IS NULL OR r.line NOT IN (SELECT line FROM again))
  ORDER BY r.number`;

async function readWaitedFor(trx: Knex.Transaction, rows: readonly FeedRow[]): Promise<string[]> {
  if (rows.length === 0) return [];
  const answer = await trx.raw<{ rows: { sku: string }[] }>(
    `SELECT DISTINCT sku FROM backorders WHERE open > 0 AND sku = ANY (?) ORDER BY sku LIMIT ?`,
    [rows.map((row) => row.sku), mostLockedSkus],
  );
  return answer.rows.map((row) => row.sku);
}

/** What is known of rows without looking at stock: those that could not be read, those that repeat another. */
async function readTold(trx: Knex.Transaction, chunk: OpenChunk): Promise<FeedRowResult[]> {
  const answer = await trx.raw<{ rows: { line: number; sku: string; outcome: string; reason: string }[] }>(
    toldAlready,
    { ...chunk },
  );
  return answer.rows.map((row) => ({
    ...row,
    outcome: row.outcome as FeedRowResult['outcome'],
    before: null,
    after: null,
  }));
}

const toldAlready = `
  SELECT p.line, p.sku, 'refused' AS outcome, p.reason
  FROM stock_feed_chunks, json_to_recordset(problems) AS p (line int, sku text, reason text)
  WHERE feed_id = :feedId AND position = :position
  UNION ALL
  SELECT r.line, r.sku, CASE WHEN r."isSame" THEN 'unchanged' ELSE 'refused' END,
         CASE WHEN r."isSame" THEN 'The same as line ' || r.first
              ELSE 'Line ' || r.first || ' names the SKU with other figures: that one counts' END
  FROM stock_feed_chunks, json_to_recordset(repeated) AS r (line int, sku text, first int, "isSame" boolean)
  WHERE feed_id = :feedId AND position = :position`;
