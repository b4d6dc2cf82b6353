import { Webhook } from 'standardwebhooks';
import { signWebhook, verifyWebhook, webhookSecretFor } from '../../domain/webhook-signature';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const sentAt = new Date('2026-03-01T10:00:00Z');
const body = '{"type":"payment.captured","note":"perché no"}';
const headers = { ...signWebhook(secret, 'evt_1', sentAt, body) };
const later = (ms: number) => new Date(sentAt.getTime() + ms);

test('what we sign, the Standard Webhooks library signs the same way and accepts', () => {
  expect(headers['webhook-signature']).toBe(new Webhook(secret).sign('evt_1', sentAt, body));
  const now = new Date();
  const fresh = { ...signWebhook(secret, 'evt_2', now, body) };
  expect(new Webhook(secret).verify(body, fresh)).toEqual(JSON.parse(body));
});

test('accepts what was signed, also beside a signature of another secret', () => {
  expect(verifyWebhook(secret, headers, body, later(1000))).toEqual({ outcome: 'valid', id: 'evt_1' });
  const other = signWebhook('b3RoZXI=', 'evt_1', sentAt, body)['webhook-signature'];
  const rotated = { ...headers, 'webhook-signature': `${other} ${headers['webhook-signature']}` };
  expect(verifyWebhook(secret, rotated, body, sentAt).outcome).toBe('valid');
});

test.each([
  ['another body', headers, `${body} `],
  ['another id', { ...headers, 'webhook-id': 'evt_2' }, body],
  ['another time', { ...headers, 'webhook-timestamp': '1772359201' }, body],
  ['a time that is none', { ...headers, 'webhook-timestamp': 'soon' }, body],
  ['no version', { ...headers, 'webhook-signature': headers['webhook-signature'].slice(3) }, body],
  ['half a signature', { ...headers, 'webhook-signature': headers['webhook-signature'].slice(0, 20) }, body],
  ['an empty signature', { ...headers, 'webhook-signature': '' }, body],
])('calls %s invalid', (_, given, text) => {
  expect(verifyWebhook(secret, given, text, sentAt)).toEqual({ outcome: 'invalid' });
});

test('tells a missing signature, a replay and a wrong clock apart', () => {
  expect(verifyWebhook(secret, {}, body, sentAt)).toEqual({ outcome: 'unsigned' });
  expect(verifyWebhook(secret, headers, body, later(300_001))).toEqual({ outcome: 'tooOld' });
  expect(verifyWebhook(secret, headers, body, later(300_000)).outcome).toBe('valid');
  expect(verifyWebhook(secret, headers, body, later(-300_001))).toEqual({ outcome: 'fromTheFuture' });
});

test('derives one lasting secret a party', () => {
  const derived = webhookSecretFor('installation', 'carrier:sandbox');
  expect(derived).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(webhookSecretFor('installation', 'carrier:sandbox')).toBe(derived);
  expect(webhookSecretFor('installation', 'payment:sandbox')).not.toBe(derived);
  expect(() => signWebhook('whsec_', 'evt_1', sentAt, body)).toThrow('base64');
});
