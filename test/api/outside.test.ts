import { signWebhook } from '../../domain/webhook-signature';
import { keyOf, startTestApi, testSettings, type TestApi } from './support/server';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

interface Signed {
  path?: string;
  secret?: string;
  id?: string;
  at?: Date;
  body?: unknown;
  /** What is sent, when that is not what was signed. */
  sent?: string;
  headers?: Record<string, string>;
}
const events = {
  events: [
    { id: 'e-1', trackingNumber: 'SBX000', status: 'inTransit', occurredAt: '2025-03-01T10:00:00+01:00' },
  ],
};

function send({ path = '/v1/carriers/sandbox/events', headers, ...signed }: Signed) {
  const {
    secret = testSettings.carrierSecrets.sandbox!,
    id = 'msg-1',
    at = new Date(),
    body = events,
  } = signed;
  const text = JSON.stringify(body);
  return fetch(api.url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...signWebhook(secret, id, at, text), ...headers },
    body: signed.sent ?? text,
  });
}

const minutes = (count: number) => new Date(Date.now() + count * 60_000);
const forged: [string, Signed, number, RegExp][] = [
  ['another secret', { secret: 'whsec_b3RoZXI=' }, 401, /does not fit/],
  ['a changed body', { sent: JSON.stringify({ ...events, more: 1 }) }, 401, /does not fit/],
  ['another id than signed', { headers: { 'webhook-id': 'msg-2' } }, 401, /does not fit/],
  [
    'a fresh time on an old message',
    { at: minutes(-30), headers: { 'webhook-timestamp': `${Math.floor(Date.now() / 1000)}` } },
    401,
    /does not fit/,
  ],
  ['an old message', { at: minutes(-6) }, 401, /older than 5 minutes/],
  ['a message from the future', { at: minutes(6) }, 401, /future/],
  ['half a signature', { headers: { 'webhook-id': '' } }, 401, /./],
  ['nonsense for a signature', { headers: { 'webhook-signature': 'v1,nonsense' } }, 401, /does not fit/],
  ['nonsense for a time', { headers: { 'webhook-timestamp': 'yesterday' } }, 401, /./],
];

interface Answer {
  status: number;
  body: { detail: string; instance?: string };
  headers: Record<string, string>;
}

/** All of an answer that is not of its one request. */
async function answerOf(answer: Response): Promise<Answer> {
  const { instance: _, ...body } = (await answer.json()) as Answer['body'];
  const { date: _date, 'x-request-id': _id, ...headers } = Object.fromEntries(answer.headers);
  return { status: answer.status, body, headers };
}

describe('carrier events', () => {
  it.each(forged)('are refused with %s', async (_what, signed, status, detail) => {
    const answer = await send(signed);
    const problem = (await answer.json()) as { detail: string };
    expect({ status: answer.status, ...problem }).toMatchObject({ status });
    expect(problem.detail).toMatch(detail);
  });

  it('are taken with a signature', async () => {
    const answer = await send({});
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      results: [{ index: 0, id: 'e-1', outcome: 'unknownParcel', detail: expect.any(String) }],
    });
  });

  it('are taken with a key of the role, and refused without either', async () => {
    const plain = (headers: Record<string, string>) =>
      fetch(`${api.url}/v1/carriers/sandbox/events`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(events),
      });
    expect((await plain({ Authorization: `Bearer ${keyOf('carrier')}` })).status).toBe(200);
    expect((await plain({ Authorization: `Bearer ${keyOf('warehouse')}` })).status).toBe(403);
    expect((await plain({})).status).toBe(401);
  });

  it('tell strangers nothing of who reports to us: no name is answered as another is', async () => {
    const known = await answerOf(await send({ secret: 'whsec_b3RoZXI=' }));
    expect(known).toMatchObject({ status: 401 });
    const unsigned = { 'webhook-signature': 'v1,x', 'webhook-timestamp': '' };
    const half = await answerOf(await send({ headers: unsigned }));
    for (const path of ['/v1/carriers/nobody/events', '/v1/carriers/constructor/events']) {
      expect(await answerOf(await send({ path }))).toEqual(known);
      expect(await answerOf(await send({ path, at: minutes(-30) }))).toEqual(known);
      expect(await answerOf(await send({ path, headers: unsigned }))).toEqual(half);
    }
    const payments = '/v1/webhooks/payments';
    expect(await answerOf(await send({ path: `${payments}/nobody` }))).toEqual(
      await answerOf(await send({ path: `${payments}/sandbox` })),
    );
  });

  it.each([
    ['an unknown status', { status: 'teleported' }, '/events/0/status'],
    ['an id as a number', { id: 12345678901234567890 }, '/events/0/id'],
    ['no time', { occurredAt: 'today' }, '/events/0/occurredAt'],
  ])('are refused with %s', async (_what, more, pointer) => {
    const answer = await send({ body: { events: [{ ...events.events[0], ...more }] } });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ errors: [{ pointer }] });
  });

  it('of a carrier that is bound to its own name are of that carrier alone', async () => {
    const answer = await send({ path: '/v1/carriers/other/events' });
    expect(answer.status).toBe(401);
  });
});

describe('payment notices', () => {
  const notice = { type: 'payment.captured', data: { reference: 'auth_1', amount: 1230 } };
  const path = '/v1/webhooks/payments/sandbox';
  const secret = testSettings.paymentSecrets.sandbox!;

  it('are kept once, however often they come', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => send({ path, secret, id: 'n-1', body: notice })),
    );
    const outcomes = (await Promise.all(answers.map((answer) => answer.json()))) as { outcome: string }[];
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
      ...Array<string>(5).fill('duplicate'),
      'recorded',
    ]);
    const rows = await api.db('payment_notices').select('provider', 'notice_id', 'type', 'payload');
    expect(rows).toEqual([{ provider: 'sandbox', notice_id: 'n-1', type: notice.type, payload: notice }]);
  });

  it('need a signature: a key is not enough', async () => {
    const answer = await fetch(api.url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${keyOf('admin')}` },
      body: JSON.stringify(notice),
    });
    expect(answer.status).toBe(401);
  });

  it('are not believed with the secret of somebody else', async () => {
    const answer = await send({ path, secret: testSettings.carrierSecrets.sandbox, id: 'n-2', body: notice });
    expect(answer.status).toBe(401);
    expect(await api.db('payment_notices').where({ notice_id: 'n-2' })).toEqual([]);
  });

  it('with NUL in them are refused and not half kept', async () => {
    const body = { ...notice, data: { text: 'a\u0000b' } };
    const answer = await send({ path, secret, id: 'n-3', body });
    expect(answer.status).toBe(422);
  });
});
