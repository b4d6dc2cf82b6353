import { ledger } from '../activities';
import { now } from '../engine/clock';
import { linesOf, type Shortage } from './short-pieces';
import type { OrderThread } from '../thread';

/** Somebody is asked to buy what waits. The deadline is theirs alone: the pieces wait as long as the channel allows. */
export async function askToBuy(thread: OrderThread, shortage: Shortage): Promise<void> {
  const { owner, withinMs } = shortage;
  await ledger.requestPurchase({
    ...{ orderId: thread.orderId, ...linesOf(shortage), at: now() },
    ...(owner !== undefined && { owner }),
    ...(withinMs !== undefined && { withinMs }),
  });
}
