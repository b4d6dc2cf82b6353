import type { Store } from '../store';
import { repeat } from './repeat';

export interface FollowSupplyDependencies {
  store: Pick<Store, 'readSupplyChanges' | 'promiseBackorders' | 'forgetSupplyChanges'>;
  /** Signed link to the customer's page of an order. */
  orderUrl(orderId: string): string;
  now(): Date;
  onError(error: unknown): void;
}

const batch = 500;
/** So many SKUs are looked at in one transaction: their customers get one mail. */
const together = 50;
const idleMs = 500;

/**
 * Keeps the promises of what is to come in step with supply and claims: whoever changes either leaves a note, and
 * within a second each waiting line is promised anew what it can have.
 */
export function followSupply(dependencies: FollowSupplyDependencies): { stop(): Promise<void> } {
  return repeat(
    async () => {
      return (await promiseAnew(dependencies)) < batch ? idleMs : 0;
    },
    { afterFailureMs: idleMs, onError: dependencies.onError },
  );
}

/** One look at what has changed; how many notes there were. */
export async function promiseAnew({ store, orderUrl, now }: FollowSupplyDependencies): Promise<number> {
  const { ids, skus } = await store.readSupplyChanges(batch);
  for (let from = 0; from < skus.length; from += together)
    await store.promiseBackorders({
      skus: skus.slice(from, from + together),
      at: now().toISOString(),
      orderUrl,
    });
  await store.forgetSupplyChanges(ids);
  return ids.length;
}
