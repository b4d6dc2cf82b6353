import { ledger } from './activities';
import { now, type OrderThread, type Shortage } from './thread';

/** Somebody is asked to buy what waits. The deadline is theirs alone: the pieces wait as long as the channel allows. */
export async function askToBuy(thread: OrderThread, { rounds, owner, withinMs }: Shortage): Promise<void> {
  await ledger.requestPurchase({
    ...{ orderId: thread.orderId, rounds, at: now() },
    ...(owner !== undefined && { owner }),
    ...(withinMs !== undefined && { withinMs }),
  });
}
