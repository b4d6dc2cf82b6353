import type { OrderSignal } from '../../domain/commands';
import type { Database } from '../connect';
import { waitingRows, type OfBackorders } from '../stock/of-backorders';
import { releaseAllocations } from '../stock/release';
import { cancelAwaited } from '../stock-transfer/awaited';
import { inTransaction } from '../transaction';

/** What was asked for some lines and has not left is not waited for any longer. Twice is once. */
export async function giveUpTransfers(
  db: Database,
  { at, ...which }: OfBackorders & { at: string },
): Promise<OrderSignal[]> {
  return inTransaction(db, async (trx) => {
    const keys = await cancelAwaited(trx, { ...which, at });
    const signals = await releaseAllocations(trx, { keys, cause: 'transferCancelled', actor: 'system', at });
    // The customer hears what follows, and not that nobody can say any more.
    await waitingRows(trx, which).update({ times_told: 0 });
    return signals;
  });
}
