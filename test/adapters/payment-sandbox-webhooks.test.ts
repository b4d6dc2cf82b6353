import type { Pool } from 'pg';
import { createSandboxPayments } from '../../adapters/payment/sandbox';
import { createPaymentSandbox } from '../../adapters/payment/sandbox/server';
import { createOutgoingWebhooks } from '../../adapters/webhooks/outgoing';
import { verifyWebhook } from '../../domain/webhook-signature';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { openPool, receive, serveRouter } from './sandbox-host';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

test('reports each movement once, signed, in order, until its receiver takes it', async () => {
  // The first two calls are refused, as by a receiver that is just being restarted.
  const receiver = await receive((count) => (count <= 2 ? 503 : 204));
  const webhooks = createOutgoingWebhooks({ pool, schema: 'sandbox', sender: 'payment', secret, retryMs: 5 });
  await webhooks.start();
  const sandbox = createPaymentSandbox({ pool, webhooks });
  await sandbox.start();
  const host = await serveRouter(sandbox.router);
  const payments = createSandboxPayments({ baseUrl: host.url, webhookUrl: `${receiver.url}/hook` });

  const order = { orderId: 'ord_1', orderNumber: '1001', method: 'card' as const, instalments: null };
  const amount = { amount: 1000, currency: 'EUR' };
  const made = await payments.authorize({ ...order, key: 'k1', amount, token: 'tok_ok' });
  if (made.outcome !== 'authorized') throw new Error('Not authorised');
  const authorization = made.reference;
  const part = { authorization, amount: { amount: 400, currency: 'EUR' } };
  await payments.capture({ ...part, key: 'k2' });
  await payments.capture({ ...part, key: 'k2' });
  await payments.refund({ ...part, key: 'k3' });
  await payments.void({ key: 'k4', authorization, authorizationKey: 'k1' });
  await receiver.until((heard) => heard.length >= 6);

  const events = receiver.heard.map(({ body }) => JSON.parse(body));
  const taken = events.slice(2);
  expect(taken.map(({ type, data }) => [type, data.amount.value])).toEqual([
    ['payment.authorized', 1000],
    ['payment.captured', 400],
    ['payment.refunded', 400],
    ['payment.voided', 600],
  ]);
  expect(taken[1].data).toMatchObject({ authorization, orderId: 'ord_1' });
  for (const { headers, body } of receiver.heard)
    expect(verifyWebhook(secret, headers, body, new Date()).outcome).toBe('valid');
  const ids = receiver.heard.map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids.slice(0, 3)).size).toBe(1);
  expect(new Set(ids).size).toBe(4);

  await webhooks.stop();
  await payments.close();
  await host.stop();
  await receiver.stop();
});
