import { keyOf } from '../api/support/server';
import { startTestConsole, type TestConsole } from './support/console-server';

let console: TestConsole;
beforeAll(async () => (console = await startTestConsole({}, { wrongKeysPerMinute: 3 })));
afterAll(() => console.close());

test('whoever tries too many keys at sign-in, or at the API, is told when to go on; who is signed in works on', async () => {
  const staff = await console.as('support');
  const stranger = console.visitor();
  const { csrf } = await stranger.get('/login');
  const tryKey = (key: string) => stranger.post('/login', { csrf, key });
  for (let turn = 0; turn < 2; turn += 1) expect((await tryKey(`guess-${turn}`)).status).toBe(401);
  const atApi = await fetch(`${console.url}/v1/products`, { headers: { Authorization: 'Bearer guess-2' } });
  expect(atApi.status).toBe(401);

  const refused = await tryKey(keyOf('admin'));
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused.text).toContain('Too many keys from your address are wrong: ask again in');
  expect((await staff.get('/orders')).status).toBe(200);
});
