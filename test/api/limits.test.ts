import { networkOf } from '../../api/http/network-of';
import { signWebhook } from '../../domain/webhook-signature';
import { expectProblem } from './support/send';
import { keyOf, startTestApi, testSettings, type TestApi } from './support/server';

let api: TestApi;
afterEach(() => api?.close());

const ask = (key: string | undefined, headers: Record<string, string> = {}) =>
  fetch(`${api.url}/v1/products`, {
    headers: { ...(key !== undefined && { Authorization: `Bearer ${key}` }), ...headers },
  });
let guesses = 0;
/** Each with another key, where it is a guess. */
const askOften = async (times: number, key: string, headers?: Record<string, string>) => {
  const keyOfTurn = () => (key === 'guess' ? `guess-${(guesses += 1)}` : key);
  const answers = await Promise.all(Array.from({ length: times }, () => ask(keyOfTurn(), headers)));
  return answers.map(({ status }) => status).sort();
};
const some = (count: number, status: number): number[] => Array<number>(count).fill(status);

async function expectLater(answer: Response, detail: RegExp): Promise<void> {
  const seconds = Number(answer.headers.get('retry-after'));
  expect(seconds).toBeGreaterThanOrEqual(1);
  expect(seconds).toBeLessThanOrEqual(60);
  const problem = await expectProblem(answer, 429);
  expect(problem.type).toBe('urn:ordito:problem:too-many-requests');
  expect(problem.detail).toMatch(detail);
}

describe('what one key asks', () => {
  beforeEach(async () => (api = await startTestApi({ limits: { requestsPerMinute: 5 } })));

  test('is answered so often, and then told when to ask again; others are not touched', async () => {
    expect(await askOften(8, keyOf('admin'))).toEqual([...some(5, 200), ...some(3, 429)]);
    await expectLater(
      await ask(keyOf('admin')),
      /^This key may ask 5 times a minute: ask again in \d+ second/,
    );
    expect((await ask(keyOf('support'))).status).toBe(200);
    expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
  });

  test('is not counted where a signature stands for a key', async () => {
    const body = JSON.stringify({
      events: [{ id: 'e', trackingNumber: 'T', status: 'inTransit', occurredAt: '2025-03-01T10:00:00Z' }],
    });
    for (let sent = 0; sent < 8; sent += 1) {
      const signed = signWebhook(testSettings.carrierSecrets.sandbox!, `m-${sent}`, new Date(), body);
      const headers = { 'Content-Type': 'application/json', ...signed };
      const answer = await fetch(`${api.url}/v1/carriers/sandbox/events`, { method: 'POST', headers, body });
      expect(answer.status).toBe(200);
    }
  });
});

describe('wrong keys from one address', () => {
  const start = async (trustProxy: false | number) =>
    (api = await startTestApi({ limits: { wrongKeysPerMinute: 4 }, settings: { trustProxy } }));
  const from = (address: string) => ({ 'X-Forwarded-For': address });

  test('are looked up so often and no more, however many come at once', async () => {
    await start(false);
    expect(await askOften(10, 'guess')).toEqual([...some(4, 401), ...some(6, 429)]);
    await expectLater(await ask('another-guess'), /^Too many keys from your address are wrong: ask again in/);
  });

  test('do not shut out a key that was right before, and right ones are not counted', async () => {
    await start(false);
    for (const role of ['admin', 'support', 'warehouse', 'channel', 'store'] as const)
      expect((await ask(keyOf(role))).status).toBe(200);
    await askOften(10, 'guess');
    expect((await ask(keyOf('admin'))).status).toBe(200);
    // Nobody without a key is a guess either.
    expect((await ask(undefined)).status).toBe(401);
  });

  test('are no right ones that come at once, before any of them is known', async () => {
    await start(false);
    expect(await askOften(30, keyOf('admin'))).toEqual(some(30, 200));
    const keys = (['support', 'warehouse', 'channel', 'store', 'carrier'] as const).map(keyOf);
    const answers = await Promise.all([...keys, ...keys].map((key) => ask(key)));
    expect(answers.filter(({ status }) => status === 401 || status === 429)).toEqual([]);
  });

  test('are counted once each: a program that goes on with an old key shuts nobody out', async () => {
    await start(false);
    for (let turn = 0; turn < 12; turn += 1) expect((await ask('revoked')).status).toBe(401);
    expect((await ask(keyOf('admin'))).status).toBe(200);
  });

  test('are those of whom a trusted proxy names', async () => {
    await start(1);
    await askOften(6, 'guess', from('203.0.113.7'));
    expect(await askOften(1, 'guess', from('203.0.113.7'))).toEqual([429]);
    expect(await askOften(1, 'guess', from('203.0.113.8'))).toEqual([401]);
    // What the client itself wrote stands before what the proxy adds.
    expect(await askOften(1, 'guess', from('203.0.113.8, 203.0.113.7'))).toEqual([429]);
  });

  test('are not believed to come from elsewhere unless a proxy is trusted', async () => {
    await start(false);
    for (let turn = 0; turn < 4; turn += 1) await askOften(1, 'guess', from(`203.0.113.${turn}`));
    expect(await askOften(1, 'guess', from('203.0.113.99'))).toEqual([429]);
  });

  test('are not those that could not be looked up', async () => {
    await start(false);
    await api.db.raw('ALTER TABLE api_keys RENAME TO api_keys_away');
    for (let turn = 0; turn < 6; turn += 1) expect((await ask('guess')).status).toBe(500);
    await api.db.raw('ALTER TABLE api_keys_away RENAME TO api_keys');
    expect((await ask(keyOf('admin'))).status).toBe(200);
  });
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s is of the network %s', (address, network) => {
  api = undefined as never;
  expect(networkOf(address)).toBe(network);
});
