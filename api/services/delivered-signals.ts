import type { OrderSignal } from '../../domain/commands';
import type { ApiDependencies } from '../dependencies';

/** The relay delivers what is not noted within some seconds once more: notes have to be quicker, not immediate. */
const gatherForMs = 300;

/**
 * Notes signals as delivered, those of many requests in one statement: nobody waits for a note, and one that is
 * lost makes the relay deliver a signal again, which orders do not mind.
 */
export function createDeliveredSignals({ store, log }: Pick<ApiDependencies, 'store' | 'log'>) {
  let gathered: OrderSignal[] = [];

  async function note(): Promise<void> {
    const signals = gathered;
    gathered = [];
    try {
      await store.markSignalsDelivered(signals);
    } catch (error) {
      log.warn({ err: error }, 'delivered signals left unnoted');
    }
  }

  return {
    add(signals: readonly OrderSignal[]): void {
      if (signals.length === 0) return;
      if (gathered.length === 0) setTimeout(() => void note(), gatherForMs).unref();
      gathered.push(...signals);
    },
  };
}
