import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Standard Webhooks (https://www.standardwebhooks.com): the signature covers id, timestamp and the exact
 * bytes of the body. A secret is base64, with or without the prefix `whsec_`.
 */
export interface WebhookHeaders {
  'webhook-id': string;
  /** Seconds since 1970. */
  'webhook-timestamp': string;
  /** Space-separated signatures, `v1,<base64>` each; several while a secret is being replaced. */
  'webhook-signature': string;
}

/** The headers to send with a body. The id names the event and stays the same when it is sent again. */
export function signWebhook(secret: string, id: string, sentAt: Date, body: string): WebhookHeaders {
  const timestamp = String(Math.floor(sentAt.getTime() / 1000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature(secret, id, timestamp, body).toString('base64')}`,
  };
}

export type WebhookVerdict =
  { outcome: 'valid'; id: string } | { outcome: 'unsigned' | 'invalid' | 'tooOld' | 'fromTheFuture' };

export const webhookToleranceMs = 5 * 60 * 1000;

/**
 * Judges a webhook as it came in. A forged signature is `invalid` whatever its age; `tooOld` and
 * `fromTheFuture` were signed with the right secret, so they are a replay or a wrong clock.
 *
 * @param headers with lower-case names, as Node has them
 * @param now when it was received
 */
export function verifyWebhook(
  secret: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string,
  now: Date,
  toleranceMs: number = webhookToleranceMs,
): WebhookVerdict {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const claimed = headers['webhook-signature'];
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof claimed !== 'string')
    return { outcome: 'unsigned' };
  if (!/^\d{1,12}$/.test(timestamp)) return { outcome: 'invalid' };
  const expected = signature(secret, id, timestamp, body);
  if (!claimed.split(' ').some((one) => matches(one, expected))) return { outcome: 'invalid' };
  const ageMs = now.getTime() - Number(timestamp) * 1000;
  if (ageMs > toleranceMs) return { outcome: 'tooOld' };
  if (ageMs < -toleranceMs) return { outcome: 'fromTheFuture' };
  return { outcome: 'valid', id };
}

/** A secret of its own for each party, from the one secret of the installation. */
export function webhookSecretFor(installationSecret: string, party: string): string {
  const derived = createHmac('sha256', installationSecret).update(`webhook:${party}`).digest('base64');
  return `whsec_${derived}`;
}

function signature(secret: string, id: string, timestamp: string, body: string): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  if (key.length === 0) throw new Error('A webhook secret must be base64 of at least one byte');
  return createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
}

function matches(claimed: string, expected: Buffer): boolean {
  const [version, text] = claimed.split(',');
  if (version !== 'v1' || text === undefined) return false;
  const given = Buffer.from(text, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
