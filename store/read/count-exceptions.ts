import type { Database } from '../connect';

export interface ExceptionCounts {
  /** Holds that nobody has released. */
  held: number;
  /** Notices of payment providers that nobody has dealt with. */
  findings: number;
  /** Open proposals to reorder. */
  short: number;
}

/** How long the lists of exceptions are that are read a page at a time; holds of one channel, or of all. */
export async function countExceptions(
  db: Database,
  { channel }: { channel: string | null },
): Promise<ExceptionCounts> {
  const answer = await db.raw<{ rows: ExceptionCounts[] }>(sql, { channel });
  return answer.rows[0]!;
}

const sql = `
  SELECT (SELECT count(*)::int FROM order_holds AS h JOIN orders AS o ON o.id = h.order_id
          WHERE h.released_at IS NULL AND o.status = 'onHold'
            AND (CAST(:channel AS text) IS NULL OR o.channel = :channel)) AS held,
         (SELECT count(*)::int FROM payment_notices
          WHERE outcome = 'finding' AND resolved_at IS NULL) AS findings,
         (SELECT count(*)::int FROM reorder_proposals WHERE is_open) AS short`;
