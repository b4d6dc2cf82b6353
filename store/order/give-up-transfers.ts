import type { OrderSignal } from '../../domain/commands';
import type { Database } from '../connect';
import type { OfBackorders } from '../stock/of-backorders';
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
    return releaseAllocations(trx, { keys, cause: 'transferCancelled', actor: 'system', at });
  });
}
