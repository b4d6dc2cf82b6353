import type { Store } from '../store';
import { repeat } from './repeat';

export interface SweepReservationsDependencies {
  store: Pick<Store, 'expireReservations'>;
  now(): Date;
  onError(error: unknown): void;
}

/** So many carts end in one transaction. */
const batch = 50;
const idleMs = 1_000;

/** Lets go what was held for carts whose time is over, within about a second. */
export function sweepReservations(dependencies: SweepReservationsDependencies): { stop(): Promise<void> } {
  const { store, now, onError } = dependencies;
  return repeat(
    async () => {
      const { expired } = await store.expireReservations({ at: now().toISOString(), limit: batch });
      return expired < batch ? idleMs : 0;
    },
    { afterFailureMs: idleMs, onError },
  );
}
