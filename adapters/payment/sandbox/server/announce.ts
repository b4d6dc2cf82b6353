import type { PoolClient } from 'pg';
import type { Announce } from './keyed';

/** Where webhooks are left to be sent; the wiring brings it. */
export interface Outbox {
  enqueue(
    client: PoolClient,
    webhooks: { id: string; thread: string; url: string; payload: object; dueAt: Date }[],
  ): Promise<void>;
  wake(): void;
}

const types = {
  authorization: 'payment.authorized',
  capture: 'payment.captured',
  refund: 'payment.refunded',
  void: 'payment.voided',
} as const;

/**
 * Writes webhooks to the URL of the authorisation, else to the one of the provider's settings, if any. `wake`
 * is to be called once the transaction is over; it does nothing where nothing was written.
 */
export function createAnnounce(
  outbox: Outbox | null,
  defaultUrl: string | null,
): { announce: Announce; wake(): void } {
  let hasWritten = false;
  const announce: Announce = async (client, { what, authorization, key, id, amount, now }) => {
    const url = authorization.webhook_url ?? defaultUrl;
    if (!outbox || !url) return;
    const type = authorization.outcome === 'declined' ? 'payment.declined' : types[what];
    const data = {
      id,
      authorization: authorization.id,
      key,
      orderId: authorization.order_id,
      amount: { value: amount, currency: authorization.currency },
      ...(authorization.outcome === 'declined' && { code: authorization.code }),
    };
    const payload = { type, timestamp: now.toISOString(), data };
    await outbox.enqueue(client, [{ id: `evt_${id}`, thread: authorization.id, url, payload, dueAt: now }]);
    hasWritten = true;
  };
  const wake = () => {
    if (hasWritten) outbox?.wake();
    hasWritten = false;
  };
  return { announce, wake };
}
