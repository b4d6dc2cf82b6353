import type { OrderSignal } from '../../domain/commands';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { scopeOf, type BufferRow } from './buffer-row';
import { beginBufferChange, serveWaiting } from './change-buffers';

/** Keeps nothing back by this buffer any more; waiting lines are served. One that is not there is gone already. */
export async function deleteBuffer(db: Database, id: string, at: string): Promise<OrderSignal[]> {
  return inTransaction(db, async (trx) => {
    await beginBufferChange(trx);
    const [row] = await trx<BufferRow>('channel_buffers').where({ id }).delete().returning('*');
    return row ? serveWaiting(trx, [scopeOf(row)], at) : [];
  });
}
