import type { Store } from '../store';
import { repeat } from './repeat';

export interface ServeWaitingDependencies {
  store: Pick<Store, 'serveWaitingOn'>;
  now(): Date;
  onError(error: unknown): void;
}

const idleMs = 1_000;

/** Gives what changed buffers have set free to the lines that wait, where they are too many for one transaction. */
export function serveWaitingLines(dependencies: ServeWaitingDependencies): { stop(): Promise<void> } {
  const { store, now, onError } = dependencies;
  return repeat(async () => ((await store.serveWaitingOn({ at: now().toISOString() })) ? 0 : idleMs), {
    afterFailureMs: idleMs,
    onError,
  });
}
