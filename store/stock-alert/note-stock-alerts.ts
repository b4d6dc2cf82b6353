import type { Database } from '../connect';
import { readChanges, type LedgerMarks } from '../push/read-changes';
import { inTransaction } from '../transaction';

interface ReaderRow {
  seen_id: number;
  settled_id: number;
  settling_id: number | null;
  settling_xid: number | null;
}

/**
 * Reads on in the ledger, and notes the alerts whose stock has moved: they are looked at when `dueAt` has come. One
 * reader at a time; true when there is more to read.
 */
export async function noteStockAlerts(
  db: Database,
  { dueAt, limit }: { dueAt: string; limit: number },
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const row: ReaderRow | undefined = await trx('stock_alert_reader').forUpdate().skipLocked().first();
    if (!row) return false;
    const changes = await readChanges(trx, marksOf(row), limit);
    if (changes.skus.length > 0)
      // Also those that are due: who looks at one at this moment may have seen the stock as it was.
      await trx('stock_alerts')
        .where({ status: 'waiting' })
        .whereRaw('sku = ANY (?)', [changes.skus])
        .update({ due_at: trx.raw('coalesce(due_at, ?)', [dueAt]) });
    const { seenId, settledId, settlingId, settlingXid } = changes.marks;
    await trx('stock_alert_reader').update({
      seen_id: seenId,
      settled_id: settledId,
      settling_id: settlingId,
      settling_xid: settlingXid,
    });
    return changes.hasMore;
  });
}

const marksOf = (row: ReaderRow): LedgerMarks => ({
  seenId: row.seen_id,
  settledId: row.settled_id,
  settlingId: row.settling_id,
  settlingXid: row.settling_xid,
});
