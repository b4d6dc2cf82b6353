import type { OrderSignal } from '../../domain/commands';
import type { Database } from '../connect';
import type { Precondition } from '../precondition';
import { inTransaction } from '../transaction';
import { scopeOf, viewOf, type BufferRow, type BufferView } from './buffer-row';
import { beginBufferChange, serveWaiting } from './change-buffers';

/** Keeps nothing back by this buffer any more; waiting lines are served. One that is not there is gone already. */
export async function deleteBuffer(
  db: Database,
  id: string,
  at: string,
  mayChange?: Precondition<BufferView>,
): Promise<OrderSignal[]> {
  return inTransaction(db, async (trx) => {
    await beginBufferChange(trx);
    const [row] = await trx<BufferRow>('channel_buffers').where({ id }).delete().returning('*');
    if (row) mayChange?.(viewOf(row));
    return row ? serveWaiting(trx, [scopeOf(row)], at) : [];
  });
}
