import { usualArrival } from '../../domain/stock/transfer';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import {
  holdKeysOf,
  openTransfer,
  transferDone,
  type TransferCommand,
  type TransferResult,
} from './lock-transfer';
import { putUnderWay } from './put-under-way';

/**
 * The pieces have left: off onHand where they come from, incoming where they go to. Without a date they are
 * expected after the usual time. Twice is once.
 */
export async function shipStockTransfer(
  db: Database,
  command: TransferCommand & { expectedAt?: string },
): Promise<TransferResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openTransfer(trx, command.id, 'ship', ({ shippedAt }) => shippedAt !== null);
    if (opened.state === 'answered') return opened.answer;
    const { transfer } = opened;
    const { actor, at } = command;
    const expectedAt = command.expectedAt ?? transfer.expectedAt ?? usualArrival(at);
    await putUnderWay(trx, transfer, { keys: holdKeysOf(transfer), actor, at, expectedAt });
    await trx('stock_transfers')
      .where({ id: transfer.id })
      .update({ status: 'shipped', shipped_at: at, shipped_by: actor, expected_at: expectedAt });
    return transferDone(command.id);
  });
}
