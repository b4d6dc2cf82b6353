import type { Database } from '../connect';
import type { ClaimedSubscription } from './claim-subscription';

/** How far the ledger was read; kept once the channel has been told. */
export interface LedgerMarks {
  seenId: number;
  settledId: number;
  settlingId: number | null;
  settlingXid: number | null;
}

export interface LedgerChanges {
  skus: string[];
  marks: LedgerMarks;
  /** There is more to read. */
  hasMore: boolean;
}

/**
 * SKUs with new ledger rows. Rows become visible in the order of their commits, not of their ids: a row below the
 * newest may appear later. So the newest id is kept with the youngest transaction that was begun by then; once none of
 * that age runs any more, everything below is there, and what appeared meanwhile is read a second time.
 */
export async function readChanges(
  db: Database,
  marks: Pick<ClaimedSubscription, keyof LedgerMarks>,
  limit: number,
): Promise<LedgerChanges> {
  const { seenId, settledId, settlingId, settlingXid } = marks;
  const answer = await db.raw<{ rows: Answer[] }>(sql, { seenId, settledId, settlingId, settlingXid, limit });
  const { newest, rows, skus, again, next_xid, is_settled } = answer.rows[0]!;
  const seen = newest ?? seenId;
  const settled = is_settled ? settlingId! : settledId;
  const begins = (is_settled || settlingId === null) && seen > settled;
  return {
    skus: [...new Set([...(skus ?? []), ...(again ?? [])])],
    marks: {
      seenId: seen,
      settledId: settled,
      settlingId: begins ? seen : is_settled ? null : settlingId,
      settlingXid: begins ? next_xid : is_settled ? null : settlingXid,
    },
    hasMore: rows === limit,
  };
}

interface Answer {
  newest: number | null;
  rows: number;
  skus: string[] | null;
  again: string[] | null;
  next_xid: number;
  is_settled: boolean;
}

const sql = `
  WITH now AS (
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest_running,
           pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next_xid
  ), fresh AS (
    SELECT id, sku FROM stock_ledger WHERE id > :seenId ORDER BY id LIMIT :limit
  )
  SELECT now.next_xid, settled.is_settled,
         (SELECT max(id) FROM fresh) AS newest,
         (SELECT count(*)::int FROM fresh) AS rows,
         (SELECT array_agg(DISTINCT sku) FROM fresh) AS skus,
         (SELECT array_agg(DISTINCT l.sku) FROM stock_ledger AS l
          WHERE settled.is_settled AND l.id > :settledId AND l.id <= CAST(:settlingId AS bigint)) AS again
  FROM now CROSS JOIN LATERAL (
    SELECT coalesce(now.oldest_running >= CAST(:settlingXid AS bigint), false) AS is_settled
  ) AS settled`;
