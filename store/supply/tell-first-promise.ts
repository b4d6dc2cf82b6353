import type { Database } from '../connect';
import { instantOrNull } from '../instant';
import { inTransaction } from '../transaction';
import { promiseInTransaction } from './promise-backorders';

export interface FirstPromise {
  lineId: string;
  /** When all that waits of the line should be there; null while nobody can say. */
  expectedAt: string | null;
}

/**
 * The dates that an order's customer is about to be told with the news that lines of it wait. From now on they are
 * what the customer knows. Asked twice, it answers what is promised then.
 */
export async function tellFirstPromise(
  db: Database,
  { orderId, lineIds }: { orderId: string; lineIds: string[] },
): Promise<FirstPromise[]> {
  return inTransaction(db, async (trx) => {
    const open = () =>
      trx('backorders').where('order_id', orderId).whereIn('line_id', lineIds).where('open', '>', 0);
    const skus: string[] = await open().distinct().pluck('sku');
    await promiseInTransaction(trx, skus);
    await open().update({
      told_for: trx.ref('promised_for'),
      times_told: trx.raw('greatest(times_told, 1)'),
    });
    const rows: { line_id: string; promised_for: Date | null }[] = await open()
      .orderBy('id')
      .select('line_id', 'promised_for');
    return rows.map((row) => ({ lineId: row.line_id, expectedAt: instantOrNull(row.promised_for) }));
  });
}
