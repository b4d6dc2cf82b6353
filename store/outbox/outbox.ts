import type { Brand } from '../../domain/catalogue/brand';
import type { OrderSignal } from '../../domain/commands';
import type { MailRequest } from '../../domain/mails';
import type { Database } from '../connect';
import { prepared } from '../prepared';

/** `brand`: in whose name a customer is written to, when their channel has one. */
export type OutboxItem = { id: number; key: string; attempts: number } & (
  { kind: 'mail'; payload: MailRequest; brand: Brand | null } | { kind: 'signal'; payload: OrderSignal }
);

/** After a claim an item is not due again for so long; longer waits follow with each failed attempt. */
const firstRetrySeconds = 10;
const longestRetrySeconds = 900;

/**
 * Takes what is due, oldest first; nobody else gets the same items until their retry is due. Items that
 * nobody reports as delivered come again by themselves, also after a crash.
 */
export async function claimOutbox(db: Database, limit: number): Promise<OutboxItem[]> {
  const answer = await prepared<{ rows: OutboxItem[] }>(db, claim, {
    limit,
    first: firstRetrySeconds,
    longest: longestRetrySeconds,
  });
  return answer.rows.sort((a, b) => a.id - b.id);
}

const claim = `
  WITH taken AS (
  UPDATE outbox SET attempts = attempts + 1,
    due_at = now() + least(:first * power(2, least(attempts, 10)), :longest) * interval '1 second'
  WHERE id IN (
    SELECT id FROM outbox WHERE delivered_at IS NULL AND due_at <= now()
    ORDER BY due_at, id LIMIT :limit FOR UPDATE SKIP LOCKED
  )
  RETURNING id, key, kind, payload, attempts, order_id)
  SELECT id, key, kind, payload, attempts,
    (SELECT c.settings -> 'brand' FROM orders AS o JOIN channels AS c ON c.code = o.channel
     WHERE o.id = taken.order_id AND o.content #>> '{customer,email}' = taken.payload ->> 'to') AS brand
  FROM taken`;

/** They have left. Of a mail that is to be erased once it is sent, nothing but its name stays. */
export async function markDelivered(db: Database, ids: number[]): Promise<void> {
  if (ids.length === 0) return;
  await db.raw(
    `UPDATE outbox SET delivered_at = now(), last_error = NULL,
       payload = CASE WHEN payload -> 'isErasedOnceSent' IS NULL THEN payload
                 ELSE jsonb_build_object('template', payload -> 'template') END
     WHERE id = ANY (?)`,
    [ids],
  );
}

/** The signals of these keys have reached their orders. */
export async function markSignalsDelivered(db: Database, signals: readonly OrderSignal[]): Promise<void> {
  if (signals.length === 0) return;
  await db('outbox')
    .whereIn(
      'key',
      signals.map((signal) => `signal:${signal.key}`),
    )
    .whereNull('delivered_at')
    .update({ delivered_at: db.fn.now() });
}

/** Says why an item could not be delivered; it comes again when its retry is due. */
export async function markFailed(db: Database, id: number, error: string): Promise<void> {
  await db('outbox')
    .where('id', id)
    .update({ last_error: error.slice(0, 500) });
}
