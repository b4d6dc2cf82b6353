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
  let timer: NodeJS.Timeout | undefined;
  let noting: Promise<void> = Promise.resolve();

  function note(): Promise<void> {
    clearTimeout(timer);
    const signals = gathered;
    gathered = [];
    const unnoted = (error: unknown) => log.warn({ err: error }, 'delivered signals left unnoted');
    if (signals.length > 0) noting = noting.then(() => store.markSignalsDelivered(signals)).catch(unnoted);
    return noting;
  }

  return {
    add(signals: readonly OrderSignal[]): void {
      if (signals.length === 0) return;
      if (gathered.length === 0) timer = setTimeout(() => void note(), gatherForMs).unref();
      gathered.push(...signals);
    },

    /** Notes at once what is gathered: before the database is closed. */
    finish: note,
  };
}
