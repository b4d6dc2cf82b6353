import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { createSandboxPayments } from '../../adapters/payment/sandbox';
import { createPaymentSandbox } from '../../adapters/payment/sandbox/server';
import type { AuthorizeRequest } from '../../ports/payment';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { type Host, openPool, serveRouter } from './sandbox-host';

let database: TestDatabase;
let pool: Pool;
let host: Host;
let payments: ReturnType<typeof createSandboxPayments>;
let now = new Date('2026-03-01T10:00:00Z');

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url);
  const sandbox = createPaymentSandbox({ pool, now: () => now });
  await sandbox.start();
  host = await serveRouter(sandbox.router);
  payments = createSandboxPayments({ baseUrl: host.url });
});
afterAll(async () => {
  await payments.close();
  await host.stop();
  await pool.end();
  await database.drop();
});

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const newKey = () => randomUUID();
const request = (over: Partial<AuthorizeRequest> = {}): AuthorizeRequest => ({
  key: newKey(),
  orderId: `ord_${newKey()}`,
  orderNumber: '1001',
  method: 'card',
  amount: eur(1000),
  token: 'tok_ok',
  instalments: null,
  ...over,
});
async function authorize(over: Partial<AuthorizeRequest> = {}): Promise<string> {
  const result = await payments.authorize(request(over));
  if (result.outcome !== 'authorized') throw new Error(`Not authorised: ${JSON.stringify(result)}`);
  return result.reference;
}
const capture = (authorization: string, amount: number, key = newKey()) =>
  payments.capture({ key, authorization, amount: eur(amount) });
const refund = (authorization: string, amount: number, key = newKey()) =>
  payments.refund({ key, authorization, amount: eur(amount) });
interface Books {
  captured: number;
  refunded: number;
  voided: number;
  captures: { amount: number; status: string }[];
  refunds: { amount: number; status: string }[];
}
async function booksOf(orderId: string) {
  const response = await fetch(`${host.url}/payments/authorizations?orderId=${orderId}`);
  return ((await response.json()) as { items: Books[] }).items;
}

describe('authorising', () => {
  test('holds the money for as long as the method allows', async () => {
    const made = await payments.authorize(request({ token: null }));
    expect(made).toEqual({
      outcome: 'authorized',
      reference: expect.stringMatching(/^auth_/),
      expiresAt: '2026-03-08T10:00:00.000Z',
    });
    const plan = await payments.authorize(request({ method: 'instalments', instalments: 3 }));
    expect(plan).toMatchObject({ expiresAt: '2026-03-31T10:00:00.000Z' });
  });

  test('answers the same key with the same authorisation, also when it is called at the same instant', async () => {
    const one = request();
    const answers = await Promise.all(Array.from({ length: 8 }, () => payments.authorize(one)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await booksOf(one.orderId)).toHaveLength(1);
  });

  test('refuses the same key with another body', async () => {
    const one = request();
    await payments.authorize(one);
    await expect(payments.authorize({ ...one, amount: eur(999) })).rejects.toMatchObject({
      name: 'UnexpectedAnswer',
      message: expect.stringContaining('HTTP 409'),
    });
  });

  test('tok_declined is declined, and stays so', async () => {
    const one = request({ token: 'tok_declined' });
    const declined = { outcome: 'declined', code: 'cardDeclined', message: expect.any(String) };
    expect(await payments.authorize(one)).toEqual(declined);
    expect(await payments.authorize(one)).toEqual(declined);
    expect(await booksOf(one.orderId)).toMatchObject([{ status: 'declined', captured: 0 }]);
  });

  test('tok_unavailable_twice answers from the third call on', async () => {
    const one = request({ token: 'tok_unavailable_twice' });
    await expect(payments.authorize(one)).rejects.toMatchObject({ name: 'ProviderUnavailable' });
    await expect(payments.authorize(one)).rejects.toMatchObject({ name: 'ProviderUnavailable' });
    expect(await payments.authorize(one)).toMatchObject({ outcome: 'authorized' });
    expect(await booksOf(one.orderId)).toHaveLength(1);
  });

  test('a method that it does not take is a bug of its caller', async () => {
    await expect(payments.authorize(request({ method: 'giftCard' }))).rejects.toThrow(
      'does not take giftCard',
    );
  });
});

describe('a provider that takes effect and does not answer', () => {
  let hasty: typeof payments;
  beforeAll(() => {
    hasty = createSandboxPayments({ baseUrl: host.url, timeoutMs: 400 });
  });
  afterAll(() => hasty.close());

  test('authorising again with the key meets the success', async () => {
    const one = request({ token: 'tok_timeout_after_success' });
    await expect(hasty.authorize(one)).rejects.toMatchObject({ name: 'ProviderUnavailable' });
    expect(await booksOf(one.orderId)).toMatchObject([{ status: 'authorized', key: one.key }]);
    expect(await hasty.authorize(one)).toMatchObject({ outcome: 'authorized' });
    expect(await booksOf(one.orderId)).toHaveLength(1);
  });

  test.each(['capture', 'refund'] as const)('so does a %s', async (kind) => {
    const one = request({ token: `tok_${kind}_timeout_after_success` });
    const authorization = await authorize(one);
    if (kind === 'refund') await capture(authorization, 1000);
    const movement = { key: newKey(), authorization, amount: eur(700) };
    await expect(hasty[kind](movement)).rejects.toMatchObject({ name: 'ProviderUnavailable' });
    expect(await hasty[kind](movement)).toMatchObject({ outcome: 'done' });
    expect((await booksOf(one.orderId))[0]![kind === 'capture' ? 'captured' : 'refunded']).toBe(700);
  });

  test('a void by the key of the authorisation frees what nobody heard of', async () => {
    const one = request({ token: 'tok_timeout_after_success' });
    await expect(hasty.authorize(one)).rejects.toThrow();
    const call = { key: newKey(), authorization: null, authorizationKey: one.key };
    expect(await payments.void(call)).toEqual({ outcome: 'voided' });
    expect(await booksOf(one.orderId)).toMatchObject([{ voided: 1000 }]);
  });
});

describe('capturing', () => {
  test('in parts, never above what was authorised', async () => {
    const authorization = await authorize();
    expect(await capture(authorization, 600)).toMatchObject({ outcome: 'done' });
    expect(await capture(authorization, 401)).toMatchObject({ outcome: 'declined', code: 'aboveAuthorized' });
    expect(await capture(authorization, 400)).toMatchObject({ outcome: 'done' });
    expect(await capture(authorization, 1)).toMatchObject({ outcome: 'declined', code: 'aboveAuthorized' });
  });

  test('the same key captures once; with another amount or as a refund it is refused', async () => {
    const one = request();
    const authorization = await authorize(one);
    const key = newKey();
    const first = await capture(authorization, 300, key);
    expect(await capture(authorization, 300, key)).toEqual(first);
    await expect(capture(authorization, 301, key)).rejects.toThrow('HTTP 409');
    await expect(refund(authorization, 300, key)).rejects.toThrow('HTTP 409');
    expect(await booksOf(one.orderId)).toMatchObject([{ captured: 300, refunded: 0 }]);
  });

  test('a decline is remembered like a success', async () => {
    const authorization = await authorize();
    const key = newKey();
    expect(await refund(authorization, 500, key)).toMatchObject({ outcome: 'declined' });
    await capture(authorization, 500);
    expect(await refund(authorization, 500, key)).toMatchObject({
      outcome: 'declined',
      code: 'aboveCaptured',
    });
    expect(await refund(authorization, 500)).toMatchObject({ outcome: 'done' });
  });

  test('is declined in another currency, after the hold has lapsed, and for tok_capture_declined', async () => {
    const authorization = await authorize();
    const zloty = { key: newKey(), authorization, amount: { amount: 1, currency: 'PLN' } };
    expect(await payments.capture(zloty)).toMatchObject({ code: 'wrongCurrency' });
    const unlucky = await authorize({ token: 'tok_capture_declined' });
    expect(await capture(unlucky, 1)).toMatchObject({ outcome: 'declined', code: 'captureDeclined' });
    const before = now;
    now = new Date('2026-03-08T10:00:00Z');
    expect(await capture(authorization, 1)).toMatchObject({ code: 'authorizationExpired' });
    now = before;
  });

  test('of an authorisation that does not exist is unexpected, not declined', async () => {
    await expect(capture('auth_none', 1)).rejects.toMatchObject({ name: 'UnexpectedAnswer' });
  });
});

describe('giving back', () => {
  test('refunds never exceed the captures', async () => {
    const authorization = await authorize();
    await capture(authorization, 700);
    expect(await refund(authorization, 500)).toMatchObject({ outcome: 'done' });
    expect(await refund(authorization, 201)).toMatchObject({ outcome: 'declined', code: 'aboveCaptured' });
    expect(await refund(authorization, 200)).toMatchObject({ outcome: 'done' });
  });

  test('tok_refund_declined captures and does not refund', async () => {
    const authorization = await authorize({ token: 'tok_refund_declined' });
    await capture(authorization, 700);
    expect(await refund(authorization, 1)).toMatchObject({ outcome: 'declined', code: 'refundDeclined' });
  });

  test('a void frees what was not captured, once, and ends capturing', async () => {
    const one = request();
    const authorization = await authorize(one);
    await capture(authorization, 300);
    const call = { key: newKey(), authorization, authorizationKey: one.key };
    expect(await payments.void(call)).toEqual({ outcome: 'voided' });
    expect(await payments.void(call)).toEqual({ outcome: 'voided' });
    expect(await payments.void({ ...call, key: newKey() })).toEqual({ outcome: 'nothingToVoid' });
    expect(await capture(authorization, 1)).toMatchObject({ code: 'aboveAuthorized' });
    expect(await booksOf(one.orderId)).toMatchObject([{ captured: 300, voided: 700 }]);
  });

  test('a void that overtakes its authorisation makes it decline', async () => {
    const one = request();
    const call = { key: newKey(), authorization: null, authorizationKey: one.key };
    expect(await payments.void(call)).toEqual({ outcome: 'nothingToVoid' });
    expect(await payments.authorize(one)).toMatchObject({ outcome: 'declined', code: 'voided' });
    expect(await payments.void(call)).toEqual({ outcome: 'nothingToVoid' });
  });
});

test('no race of captures, refunds and voids with repeated keys breaks a limit', async () => {
  const step = fc.record({
    kind: fc.constantFrom('capture', 'refund', 'void' as const),
    amount: fc.integer({ min: 1, max: 700 }),
    /** How often the same call is sent. */
    times: fc.integer({ min: 1, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), async (steps) => {
      const one = request();
      const authorization = await authorize(one);
      const calls = steps.map(({ kind, amount, times }) => {
        const key = newKey();
        const send = async () => {
          if (kind === 'void')
            return {
              kind,
              amount: 0,
              result: await payments.void({ key, authorization, authorizationKey: one.key }),
            };
          return { kind, amount, result: await payments[kind]({ key, authorization, amount: eur(amount) }) };
        };
        return Promise.all(Array.from({ length: times }, send));
      });
      const answers = await Promise.all(calls);
      const [books] = await booksOf(one.orderId);
      // Who sent a key again heard the same; a void alone may come to nothing when it is repeated.
      for (const same of answers.filter(([{ kind } = { kind: 'void' }]) => kind !== 'void'))
        expect(new Set(same.map(({ result }) => JSON.stringify(result))).size).toBe(1);
      const done = (kind: string) =>
        answers
          .map(([first]) => first!)
          .filter((answer) => answer.kind === kind && answer.result.outcome === 'done')
          .reduce((so, { amount }) => so + amount, 0);
      expect(books).toMatchObject({ captured: done('capture'), refunded: done('refund') });
      expect(books!.captured + books!.voided).toBeLessThanOrEqual(1000);
      expect(books!.refunded).toBeLessThanOrEqual(books!.captured);
      const sumOf = (parts: { amount: number; status: string }[]) =>
        parts.filter(({ status }) => status === 'succeeded').reduce((so, { amount }) => so + amount, 0);
      expect(sumOf(books!.captures)).toBe(books!.captured);
      expect(sumOf(books!.refunds)).toBe(books!.refunded);
    }),
    { numRuns: 40 },
  );
});

test('two providers that start at the same moment share one set of books', async () => {
  const other = await createTestDatabase();
  const otherPool = openPool(other.url);
  const start = () => createPaymentSandbox({ pool: otherPool }).start();
  await Promise.all([start(), start(), start()]);
  const { rows } = await otherPool.query('select count(*)::int as n from sandbox.authorizations');
  expect(rows).toEqual([{ n: 0 }]);
  await otherPool.end();
  await other.drop();
});

test('a provider that is not there is unavailable', async () => {
  const gone = await serveRouter(createPaymentSandbox({ pool }).router);
  await gone.stop();
  const client = createSandboxPayments({ baseUrl: gone.url, timeoutMs: 2000 });
  await expect(client.authorize(request())).rejects.toMatchObject({ name: 'ProviderUnavailable' });
  await client.close();
});

test.each([
  ['no key', {}, '{}', 400],
  ['no JSON', { 'idempotency-key': 'k' }, '{', 400],
  [
    'a fraction of money',
    { 'idempotency-key': 'k' },
    '{"authorization":"a","amount":{"value":1.5,"currency":"EUR"}}',
    422,
  ],
  ['no amount', { 'idempotency-key': 'k' }, '{"authorization":"a"}', 422],
])('a request with %s is refused', async (_, headers, body, status) => {
  const response = await fetch(`${host.url}/payments/captures`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  expect(response.status).toBe(status);
  await response.text();
});
