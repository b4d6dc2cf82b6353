import { signWebhook } from '../../domain/webhook-signature';
import type { PlacedOrder } from '../../domain/order/types';
import { readSandboxNotice } from '../../adapters/payment/sandbox';
import { createApiClient } from '../../api/client';
import { readPayments } from '../../store/payment/read-payments';
import { receiveNotice } from '../../store/payment/receive-notice';
import { recordAuthorization } from '../../store/payment/record-authorization';
import { keyOf, startTestApi, testSettings, type TestApi } from './support/server';
import { recordPlaced } from './support/fake-orders';
import { orderInput, setUp } from './support/samples';
import { send } from './support/send';

/** What payment providers report, held against our books. */
let api: TestApi;
let counter = 0;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
});
afterAll(() => api.close());

interface Told {
  type: string;
  id?: string;
  key?: string | null;
  reference?: string;
  authorization?: string;
  amount?: number;
}

async function tell({ type, id = `n-${(counter += 1)}`, ...data }: Told): Promise<string> {
  const { key = null, reference = 'ref_1', authorization = 'auth_1', amount = 4500 } = data;
  const body = JSON.stringify({
    type,
    data: { id: reference, authorization, key, amount: { value: amount, currency: 'EUR' } },
  });
  const answer = await fetch(`${api.url}/v1/webhooks/payments/sandbox`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...signWebhook(testSettings.paymentSecrets.sandbox!, id, new Date(), body),
    },
    body,
  });
  expect(answer.status).toBe(200);
  return id;
}

/** An order with one card payment whose answer was never heard. */
async function placed(reference: string): Promise<{ id: string; number: string; paymentId: string }> {
  const answer = await send(api, { body: orderInput({ externalReference: reference }) });
  const { id } = (await answer.json()) as { id: string };
  const order = [...api.orders.started.values()].find((each) => each.id === id) as PlacedOrder;
  await recordPlaced(api.db, order);
  await api.db('payments').where('order_id', id).update({ provider: 'sandbox' });
  return { id, number: order.number, paymentId: order.tenders[0]!.id };
}

const movementOf = (key: string) => api.db('payment_movements').where({ key }).first();
const paymentOf = (id: string) => api.db('payments').where({ id }).first();
const outcomeOf = async (id: string) =>
  (await api.db('payment_notices').where({ notice_id: id }).first('outcome', 'finding')) as {
    outcome: string;
    finding: string | null;
  };

async function planCapture(paymentId: string, orderId: string, amount: number): Promise<string> {
  const key = `ful_${orderId}:capture:${paymentId}`;
  await api.db('payment_movements').insert({
    key,
    payment_id: paymentId,
    order_id: orderId,
    kind: 'capture',
    amount,
    subject: `ful_${orderId}`,
  });
  return key;
}

test('answers that were lost are settled from the notices, each once, however they come', async () => {
  const { id, paymentId } = await placed('lost-answers');
  const authorize = { type: 'payment.authorized', key: `${paymentId}:authorize`, reference: 'auth_L' };
  const first = await tell({ ...authorize, authorization: 'auth_L' });
  expect(await outcomeOf(first)).toMatchObject({ outcome: 'settled' });
  expect(await paymentOf(paymentId)).toMatchObject({
    status: 'authorized',
    authorized: 4500,
    reference: 'auth_L',
  });
  const capture = await planCapture(paymentId, id, 2000);
  const captured = { type: 'payment.captured', authorization: 'auth_L', reference: 'cap_L', amount: 2000 };
  // The second try of a capture that was declined once has the attempt behind its key.
  const told = await Promise.all([
    tell({ ...captured, key: `${capture}:2` }),
    tell({ ...captured, key: capture }),
    tell({ ...captured, key: capture }),
    tell({ ...authorize, authorization: 'auth_L' }),
  ]);
  expect((await Promise.all(told.map(outcomeOf))).map(({ outcome }) => outcome).sort()).toEqual([
    'agreed',
    'agreed',
    'agreed',
    'settled',
  ]);
  expect(await movementOf(capture)).toMatchObject({ reference: 'cap_L', done_at: expect.any(Date) });
  expect(await paymentOf(paymentId)).toMatchObject({ captured: 2000, status: 'partiallyCaptured' });
  const order = await api.db('orders').where({ id }).first('payment_status');
  expect(order.payment_status).toBe('partiallyCaptured');
});

test('a notice that is quicker than the answer to our own call agrees with it', async () => {
  const { id, paymentId } = await placed('quicker');
  const key = `${paymentId}:authorize`;
  const amount = { value: 4500, currency: 'EUR' };
  const payload = {
    type: 'payment.authorized',
    data: { id: 'auth_Q', authorization: 'auth_Q', key, amount },
  };
  const notice = { id: 'n-quicker', ...payload, payload, provider: 'sandbox', at: new Date().toISOString() };
  const [payment] = await readPayments(api.db, id);
  const ourAnswer = () =>
    recordAuthorization(api.db, {
      ...{ orderId: id, key, payment: payment!, at: notice.at },
      result: { outcome: 'authorized', reference: 'auth_Q', expiresAt: null },
    });
  await receiveNotice(api.db, { ...notice, read: readSandboxNotice(payload) }, ourAnswer);
  expect(await outcomeOf('n-quicker')).toMatchObject({ outcome: 'agreed' });
  expect(await paymentOf(paymentId)).toMatchObject({ status: 'authorized', reference: 'auth_Q' });
});

test('the same notice twice is one, and tells nobody twice', async () => {
  const { paymentId, id } = await placed('twice');
  await tell({ type: 'payment.authorized', key: `${paymentId}:authorize`, reference: 'auth_T' });
  const capture = await planCapture(paymentId, id, 4500);
  const wrong = {
    type: 'payment.captured',
    id: 'n-twice',
    key: capture,
    authorization: 'auth_T',
    amount: 9,
  };
  await Promise.all([tell(wrong), tell(wrong), tell(wrong)]);
  expect(await api.db('payment_notices').where({ notice_id: 'n-twice' })).toHaveLength(1);
  expect(await movementOf(capture)).toMatchObject({ done_at: null });
  expect(await paymentOf(paymentId)).toMatchObject({ captured: 0 });
});

test('what we do not know is listed with words, page by page, until somebody has dealt with it', async () => {
  const support = createApiClient({ baseUrl: api.url, key: keyOf('support') });
  type Page = { items: { noticeId: string; finding: string; orderId: string | null }[]; nextCursor?: string };
  const list = (query: Record<string, string>) => support.get<Page>('/v1/payment-findings', query);
  const { id, number, paymentId } = await placed('console');
  await tell({
    type: 'payment.authorized',
    key: `${paymentId}:authorize`,
    reference: 'auth_C',
    authorization: 'auth_C',
  });
  const before = (await list({ limit: '200' })).items.length;
  const refund = await tell({
    type: 'payment.refunded',
    authorization: 'auth_C',
    reference: 'ref_C',
    amount: 100,
  });
  const dispute = await tell({
    type: 'payment.disputed',
    authorization: 'auth_C',
    reference: 'dp_C',
    amount: 100,
  });
  const stranger = await tell({ type: 'payment.captured', authorization: 'auth_X', reference: 'cap_X' });

  const all = (await list({ limit: '200' })).items.slice(before);
  expect(all.map((each) => [each.noticeId, each.orderId])).toEqual([
    [refund, id],
    [dispute, id],
    [stranger, null],
  ]);
  expect(all[0]!.finding).toMatch(new RegExp(`1.00.*${number}.*never asked`));
  const pages: string[] = [];
  for (let cursor: string | undefined, page: Page; ; cursor = page.nextCursor) {
    page = await list({ limit: '1', ...(cursor && { cursor }) });
    pages.push(...page.items.map((each) => each.noticeId));
    if (!page.nextCursor) break;
  }
  expect(pages.slice(before)).toEqual([refund, dispute, stranger]);

  const resolve = (noticeId: string) => support.post(`/v1/payment-findings/sandbox/${noticeId}/resolve`);
  await resolve(refund);
  await resolve(refund);
  expect((await list({ limit: '200' })).items.map((each) => each.noticeId)).not.toContain(refund);
  await expect(resolve('n-unknown')).rejects.toMatchObject({ status: 404 });
  // The books are as they were: nothing was made up.
  expect(await paymentOf(paymentId)).toMatchObject({ captured: 0, refunded: 0 });
});

test('a notice of another provider does not touch our payment, and other kinds are kept', async () => {
  const { paymentId } = await placed('other');
  await api.db('payments').where('id', paymentId).update({ provider: 'elsewhere' });
  const notice = await tell({
    type: 'payment.authorized',
    key: `${paymentId}:authorize`,
    reference: 'auth_O',
  });
  expect(await outcomeOf(notice)).toMatchObject({ outcome: 'finding' });
  expect(await paymentOf(paymentId)).toMatchObject({ status: 'pending', authorized: 0 });
  expect(await outcomeOf(await tell({ type: 'payout.paid' }))).toEqual({ outcome: 'kept', finding: null });
});
