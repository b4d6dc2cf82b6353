import type { Database } from '../connect';
import { releaseAllocations } from '../stock/release';
import { inTransaction } from '../transaction';
import { tellAwaiting } from './tell-awaiting';
import {
  holdKeysOf,
  openTransfer,
  transferDone,
  type TransferCommand,
  type TransferResult,
} from './lock-transfer';

/** Nothing will be sent: the pieces are free again, for the lines that wait for them first. Twice is once. */
export async function cancelStockTransfer(
  db: Database,
  command: TransferCommand & { reason?: string },
): Promise<TransferResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openTransfer(trx, command.id, 'cancel', ({ status }) => status === 'cancelled');
    if (opened.state === 'answered') return opened.answer;
    const { transfer } = opened;
    const { actor, at } = command;
    await trx('stock_transfers')
      .where({ id: transfer.id })
      .update({ status: 'cancelled', closed_at: at, closed_by: actor, close_reason: command.reason ?? null });
    const signals = await releaseAllocations(trx, {
      keys: holdKeysOf(transfer),
      cause: 'transferCancelled',
      actor,
      at,
    });
    await tellAwaiting(trx, { transferId: transfer.id, key: 'cancelled', at });
    return transferDone(command.id, signals);
  });
}
