import type { Knex } from 'knex';
import { planFeedRows, type FeedRow, type FeedRowResult } from '../../domain/stock/feed';
import type { Database } from '../connect';
import { assignBackorders } from '../stock/assign-backorders';
import { lockSkus } from '../stock/lock-skus';
import { inTransaction } from '../transaction';
import { lockFedPlaces } from './lock-fed-places';
import { lockNextChunk, type OpenChunk } from './open-chunk';
import { writeChunk } from './write-chunk';

export type ApplyChunkResult =
  { outcome: 'applied'; position: number; hasGrown: boolean } | { outcome: 'none' };

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
    if (chunk.lines === 0 && !chunk.hasGoodRows) return concludeNothing(trx, chunk);
    const rows = chunk.isAllUnchanged ? [] : await readDifferent(trx, chunk);
    const waiting = await readWaitedFor(trx, rows);
    await lockSkus(trx, waiting);
    const places = await lockFedPlaces(trx, chunk, rows, waiting);
    const { results, changes } = planFeedRows(chunk.mode, rows, places);
    const told = chunk.isToldOf ? [...results, ...(await readTold(trx, chunk))] : results;
    const grown = await writeChunk(trx, chunk, changes, told, at);
    await assignBackorders(trx, { skus: waiting.filter((sku) => grown.includes(sku)), at });
    return { outcome: 'applied', position: chunk.position, hasGrown: grown.length > 0 };
  });
}

/** Rows that would change something, or whose SKU has no counters here; those that repeat another are left out. */
async function readDifferent(trx: Knex.Transaction, chunk: OpenChunk): Promise<FeedRow[]> {
  const answer = await trx.raw<{ rows: FeedRow[] }>(different, { ...chunk });
  return answer.rows;
}

const different = `
  WITH chunk AS (
    SELECT * FROM stock_feed_chunks WHERE feed_id = :feedId AND position = :position
  ), again AS MATERIALIZED (
    SELECT a.line FROM chunk, json_to_recordset(chunk.repeated) AS a (line int)
  )
  SELECT r.line, r.sku, r.quantity, r.unsellable
  FROM chunk AS c
  CROSS JOIN LATERAL unnest(c.lines, c.skus, c.quantities, c.unsellable)
    WITH ORDINALITY AS r (line, sku, quantity, unsellable, number)
  WHERE (c.different IS NULL OR r.line IN (SELECT unnest(different) FROM chunk))
    AND (r.line IS NULL OR r.line NOT IN (SELECT line FROM again))
  ORDER BY r.number`;

/** A file of nothing but errors says nothing about what it does not name either. */
async function concludeNothing(trx: Knex.Transaction, { feedId, position }: OpenChunk) {
  await trx('stock_feed_chunks').where({ feed_id: feedId, lines: null }).delete();
  const remark = 'No row could be applied: what the feed does not name was left as it is';
  await trx('stock_feeds').where({ id: feedId }).update({ remark });
  return { outcome: 'applied' as const, position, hasGrown: false };
}

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
