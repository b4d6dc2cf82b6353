import type { OrderSignal } from '../domain/commands';
import type { MailRequest } from '../domain/mails';
import type { DocumentRenderer } from '../ports/document-renderer';
import type { MailComposer } from '../ports/mail-composer';
import type { MailSender, RenderedMail } from '../ports/mail';
import type { Store } from '../store';
import type { OutboxItem } from '../store/outbox/outbox';
import { repeat } from './repeat';

export interface RelayDependencies {
  store: Pick<Store, 'claimOutbox' | 'markDelivered' | 'markFailed'>;
  composer: MailComposer;
  sender: MailSender;
  /** Makes the files that go with a mail. */
  renderer: DocumentRenderer;
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

  async function deliverBatch(): Promise<number> {
    const items = await store.claimOutbox(batch);
    const outcomes = await Promise.all(items.map((item) => deliverOne(dependencies, item)));
    await store.markDelivered(items.filter((_, index) => outcomes[index]).map((item) => item.id));
    return items.length;
  }

  let turn: Promise<number> = Promise.resolve(0);
  const { stop } = repeat(async () => ((await (turn = deliverBatch())) > 0 ? busyMs : idleMs), {
    afterFailureMs: idleMs,
    onError,
  });

  return {
    async drain() {
      while ((await deliverBatch()) > 0);
      // What it found gone may still be on its way.
      await turn.catch(() => undefined);
    },
    stop,
  };
}

async function deliverOne(dependencies: RelayDependencies, item: OutboxItem): Promise<boolean> {
  const { store, composer, sender, renderer, deliver, onError } = dependencies;
  try {
    if (item.kind === 'mail') {
      const { payload: mail, brand } = item;
      const attachments = await filesOf(renderer, mail);
      const from = brand ? { fromName: brand.sellerName, replyTo: brand.replyTo } : {};
      const words = composer.compose(mail, brand);
      const { to, unsubscribeUrl } = mail;
      await sender.send({ key: item.key, to, unsubscribeUrl, ...from, ...words, ...attachments });
    } else await deliver(item.payload);
    return true;
  } catch (error) {
    onError(error);
    await store.markFailed(item.id, error instanceof Error ? error.message : String(error));
    return false;
  }
}

async function filesOf(
  renderer: DocumentRenderer,
  { attachments }: MailRequest,
): Promise<Pick<RenderedMail, 'attachments'>> {
  if (attachments === undefined) return {};
  const files = attachments.map(async ({ content, format }) => ({
    name: `${content.number}.${format}`,
    ...(await renderer.render(content, format)),
  }));
  return { attachments: await Promise.all(files) };
}
