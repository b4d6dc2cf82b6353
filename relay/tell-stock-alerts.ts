import type { Store } from '../store';
import { repeat } from './repeat';

export interface TellStockAlertsDependencies {
  store: Pick<Store, 'expireStockAlerts' | 'noteStockAlerts' | 'tellStockAlerts' | 'walkStockAlerts'>;
  /** Signed link to the page on which an alert is confirmed and taken back. */
  alertUrl(id: string): string;
  now(): Date;
  onError(error: unknown): void;
  /** What comes in within this time is told together. */
  settleMs?: number;
}

const rows = 5_000;
const addresses = 50;
const idleMs = 1_000;

/** Tells who waits for something that it is back, as the stock ledger tells of it; a few seconds after it came. */
export function startTellingStockAlerts(dependencies: TellStockAlertsDependencies): {
  stop(): Promise<void>;
} {
  return repeat(async () => ((await tellWhoWaits(dependencies)) ? 0 : idleMs), {
    afterFailureMs: idleMs,
    onError: dependencies.onError,
  });
}

/** One look at what has moved, and at who waits for it; true when there is more at once. */
export async function tellWhoWaits({
  store,
  alertUrl,
  now,
  settleMs = 3_000,
}: TellStockAlertsDependencies): Promise<boolean> {
  const at = now().toISOString();
  await store.expireStockAlerts({ at });
  const dueAt = new Date(now().getTime() + settleMs).toISOString();
  const hasMore = await store.noteStockAlerts({ dueAt, limit: rows });
  const walks = await store.walkStockAlerts();
  const looked = await store.tellStockAlerts({ at, limit: addresses, alertUrl });
  return hasMore || walks || looked >= addresses;
}
