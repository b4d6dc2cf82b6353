import { hashApiKey } from '../../api/key-hash';
import { keyOf, testSecret } from '../api/support/server';
import { startTestConsole, type TestConsole } from './support/console-server';

let console: TestConsole;
beforeAll(async () => {
  console = await startTestConsole({ demoKeys: { support: keyOf('support'), carrier: keyOf('carrier') } });
});
afterAll(() => console.close());
afterEach(() => {
  console.clock.aheadMs = 0;
});

describe('signing in', () => {
  it('asks whoever is not signed in, and leads them back', async () => {
    const nobody = console.visitor();
    const asked = await nobody.get('/orders?q=ada');
    expect(asked).toMatchObject({ status: 303, location: '/login?next=%2Forders%3Fq%3Dada' });
    const { csrf } = await nobody.get(asked.location!);
    const back = await nobody.post('/login', { csrf, key: keyOf('support'), next: '/orders?q=ada' });
    expect(back).toMatchObject({ status: 303, location: '/orders?q=ada' });
    expect((await nobody.get('/orders?q=ada')).status).toBe(200);
  });

  it('tells htmx to go to the sign-in instead of swapping it into the page', async () => {
    const answer = await console.visitor().get('/orders', { 'HX-Request': 'true' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('hx-redirect')).toBe('/login?next=%2Forders');
  });

  it('begins where the role may begin', async () => {
    const home = async (role: 'support' | 'warehouse') => (await (await console.as(role)).get('/')).location;
    expect(await home('support')).toBe('/orders');
    expect(await home('warehouse')).toBe('/locations');
    expect((await console.visitor().get('/')).location).toBe('/login');
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'does not lead to %s',
    async (next) => {
      const nobody = console.visitor();
      const { csrf } = await nobody.get('/login');
      const answer = await nobody.post('/login', { csrf, key: keyOf('support'), next });
      expect(answer.location).toBe('/orders');
    },
  );

  it('keeps the cookie from scripts and other sites, and never holds the key in the open', async () => {
    const person = console.visitor();
    const { csrf } = await person.get('/login');
    const answer = await person.post('/login', { csrf, key: keyOf('support') });
    const cookie = answer.headers.getSetCookie().find((text) => text.startsWith('ordito_session='))!;
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie).not.toMatch(/Secure/);
    const sealed = Buffer.from(person.cookies.get('ordito_session')!, 'base64url').toString('latin1');
    expect(sealed).not.toContain(keyOf('support'));
  });

  it('refuses a key that is not known', async () => {
    const nobody = console.visitor();
    const { csrf } = await nobody.get('/login');
    const answer = await nobody.post('/login', { csrf, key: 'made up' });
    expect(answer.status).toBe(401);
    expect(answer.text).toContain('not known');
    expect(nobody.cookies.has('ordito_session')).toBe(false);
  });

  it('offers the demo users that can use pages, in development', async () => {
    const nobody = console.visitor();
    const login = await nobody.get('/login');
    expect(login.text).toContain('value="support"');
    expect(login.text).not.toContain('value="carrier"');
    const answer = await nobody.post('/login/demo', { csrf: login.csrf, role: 'support' });
    expect(answer).toMatchObject({ status: 303, location: '/orders' });
  });
});

describe('in production', () => {
  let strict: TestConsole;
  beforeAll(async () => {
    strict = await startTestConsole({
      environment: 'production',
      demoKeys: { support: keyOf('support') },
    });
  });
  afterAll(() => strict.close());

  it('knows no demo users and sends its cookie over TLS alone', async () => {
    const nobody = strict.visitor();
    const login = await nobody.get('/login');
    expect(login.text).not.toContain('demo user');
    expect((await nobody.post('/login/demo', { csrf: login.csrf, role: 'support' })).status).toBe(401);
    const answer = await nobody.post('/login', { csrf: login.csrf, key: keyOf('support') });
    expect(answer.headers.getSetCookie().join()).toMatch(/ordito_session=[^;]+;.*Secure/);
  });
});

describe('a session', () => {
  it('ends with its key', async () => {
    const { store } = console.api.deps;
    await store.saveKey({
      id: 'leaver',
      role: 'support',
      name: 'leaver',
      keyHash: hashApiKey(testSecret, 'leaver-key'),
      boundTo: null,
    });
    const leaver = await console.signedIn('leaver-key');
    expect((await leaver.get('/orders')).status).toBe(200);
    await store.revokeKey('leaver');
    console.clock.aheadMs = 6_000;
    expect((await leaver.get('/orders')).status).toBe(303);
  });

  it('ends by itself when nobody uses it', async () => {
    const person = await console.as('support');
    console.clock.aheadMs = 13 * 3_600_000;
    expect((await person.get('/orders')).status).toBe(303);
  });

  it('is renewed while somebody works', async () => {
    const person = await console.as('support');
    for (const hours of [7, 14, 21]) {
      console.clock.aheadMs = hours * 3_600_000;
      expect((await person.get('/orders')).status).toBe(200);
    }
  });

  it('is not believed when it was changed or made up', async () => {
    const person = await console.as('support');
    const sealed = person.cookies.get('ordito_session')!;
    for (const forged of [
      `${sealed.slice(0, -2)}AA`,
      'e30',
      '',
      'ü',
      Buffer.from('{}').toString('base64url'),
    ]) {
      person.cookies.set('ordito_session', encodeURIComponent(forged));
      expect((await person.get('/orders')).status).toBe(303);
    }
  });

  it('ends when one signs out, by the page alone', async () => {
    const person = await console.as('support');
    await person.post('/logout', { csrf: 'guess' });
    expect((await person.get('/orders')).status).toBe(200);
    expect(await person.submit('/orders', '/logout', {})).toMatchObject({ status: 303, location: '/login' });
    expect((await person.get('/orders')).status).toBe(303);
  });
});
