import type { Store } from '../store';
import { repeat } from './repeat';

export interface ReplenishDependencies {
  store: Pick<
    Store,
    'readLowStock' | 'proposeReorders' | 'forgetLowStock' | 'sendReorders' | 'refreshLevels'
  >;
  /** Who is told of shortages, and where they are shown. */
  office: { mail: string; url: string } | null;
  now(): Date;
  onError(error: unknown): void;
}

const batch = 500;
/** So many SKUs are looked at in one transaction: what they need goes into one mail. */
const together = 50;
const refreshedAtOnce = 20;
const idleMs = 1_000;

/**
 * Reorders what is low: each movement that brings a place to its reorder point leaves a note, and within seconds
 * there is a proposal in a draft, or the order itself where that is wanted.
 */
export function replenish(dependencies: ReplenishDependencies): { stop(): Promise<void> } {
  return repeat(
    async () => {
      return (await reorder(dependencies)) < batch ? idleMs : 0;
    },
    { afterFailureMs: idleMs, onError: dependencies.onError },
  );
}

/** One look at what is low; how many notes there were. */
export async function reorder({ store, office, now }: ReplenishDependencies): Promise<number> {
  const at = now().toISOString();
  await store.refreshLevels({ at, limit: refreshedAtOnce });
  const { ids, skus } = await store.readLowStock(batch);
  for (let from = 0; from < skus.length; from += together)
    await store.proposeReorders({ skus: skus.slice(from, from + together), at, office });
  await store.forgetLowStock(ids);
  await store.sendReorders({ at });
  return ids.length;
}
