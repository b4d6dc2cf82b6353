import { ledger } from './activities';
import { now } from './clock';
import type { Shortage } from './short-pieces';
import type { OrderThread } from './thread';

/** Somebody is asked to buy what waits. The deadline is theirs alone: the pieces wait as long as the channel allows. */
export async function askToBuy(thread: OrderThread, { rounds, owner, withinMs }: Shortage): Promise<void> {
  await ledger.requestPurchase({
    ...{ orderId: thread.orderId, rounds, at: now() },
    ...(owner !== undefined && { owner }),
    ...(withinMs !== undefined && { withinMs }),
  });
}
