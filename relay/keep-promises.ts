import type { Store } from '../store';
import { repeat } from './repeat';

export interface KeepPromisesDependencies {
  store: Pick<Store, 'readPromiseChanges' | 'keepPromise' | 'forgetPromiseChanges'>;
  /** Signed link to the customer's page of an order. */
  orderUrl(orderId: string): string;
  now(): Date;
  onError(error: unknown): void;
}

const batch = 200;
const idleMs = 1_000;

/**
 * Keeps the promises of orders in step with what happens to them: the database notes what may matter, and here it is
 * reckoned anew. The order's workflow has nothing to do with it.
 */
export function keepPromises(dependencies: KeepPromisesDependencies): { stop(): Promise<void> } {
  return repeat(
    async () => {
      return (await keepAnew(dependencies)) < batch ? idleMs : 0;
    },
    { afterFailureMs: idleMs, onError: dependencies.onError },
  );
}

/** One look at what has changed; how many notes there were. */
export async function keepAnew({ store, orderUrl, now }: KeepPromisesDependencies): Promise<number> {
  const changes = await store.readPromiseChanges(batch);
  for (const change of changes) {
    await store.keepPromise({ change, at: now().toISOString(), orderUrl });
    await store.forgetPromiseChanges([change.id]);
  }
  return changes.length;
}
