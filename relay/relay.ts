import type { OrderSignal } from '../domain/commands';
import type { MailComposer } from '../ports/mail-composer';
import type { MailSender } from '../ports/mail';
import type { Store } from '../store';
import type { OutboxItem } from '../store/outbox/outbox';

export interface RelayDependencies {
  store: Pick<Store, 'claimOutbox' | 'markDelivered' | 'markFailed'>;
  composer: MailComposer;
  sender: MailSender;
  /** An order that is over has no use for news: that counts as delivered. */
  deliver(signal: OrderSignal): Promise<unknown>;
  onError(error: unknown): void;
}

export interface Relay {
  /** Delivers what is due now, as long as there is more; for tests and for shutting down. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

const batch = 50;
/** While mails come in they leave at this pace; an idle relay looks less often. */
const busyMs = 100;
const idleMs = 500;

/**
 * Delivers what transactions left in the outbox: mails, and signals whose sender died before sending. At least
 * once, with growing waits after failures; several relays may run side by side.
 */
export function startRelay(dependencies: RelayDependencies): Relay {
  const { store, onError } = dependencies;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();

  async function deliverBatch(): Promise<number> {
    const items = await store.claimOutbox(batch);
    const outcomes = await Promise.all(items.map((item) => deliverOne(dependencies, item)));
    await store.markDelivered(items.filter((_, index) => outcomes[index]).map((item) => item.id));
    return items.length;
  }

  async function turn(): Promise<void> {
    let delivered = 0;
    try {
      delivered = await deliverBatch();
    } catch (error) {
      onError(error);
    }
    if (!isStopped) timer = setTimeout(begin, delivered > 0 ? busyMs : idleMs);
  }

  function begin(): void {
    running = turn();
  }

  begin();
  return {
    async drain() {
      while ((await deliverBatch()) > 0);
      // What its own turn had claimed before is delivered, too.
      await running;
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
      clearTimeout(timer);
    },
  };
}

async function deliverOne(dependencies: RelayDependencies, item: OutboxItem): Promise<boolean> {
  const { store, composer, sender, deliver, onError } = dependencies;
  try {
    if (item.kind === 'mail') {
      await sender.send({ key: item.key, to: item.payload.to, ...composer.compose(item.payload) });
    } else await deliver(item.payload);
    return true;
  } catch (error) {
    onError(error);
    await store.markFailed(item.id, error instanceof Error ? error.message : String(error));
    return false;
  }
}
