import type { OrderSignal } from '../../domain/commands';
import type { Database } from '../connect';
import { releaseAllocations } from '../stock/release';
import { cancelAwaited } from '../stock-transfer/awaited';
import { inTransaction } from '../transaction';

/** What was asked for some rounds and has not left is not waited for any longer. Twice is once. */
export async function giveUpTransfers(
  db: Database,
  { orderId, rounds, at }: { orderId: string; rounds: readonly number[]; at: string },
): Promise<OrderSignal[]> {
  return inTransaction(db, async (trx) => {
    const keys = await cancelAwaited(trx, { orderId, rounds, at });
    return releaseAllocations(trx, { keys, cause: 'transferCancelled', actor: 'system', at });
  });
}
