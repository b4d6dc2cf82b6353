import { hashApiKey } from '../../api/key-hash';
import { createApiClient } from '../../api/client';
import type { Role } from '../../domain/access';
import { recordPlaced } from '../api/support/fake-orders';
import { eur, orderInput, setUp, type OrderInput } from '../api/support/samples';
import { keyOf, testSecret } from '../api/support/server';
import { startTestConsole, type TestConsole } from './support/console-server';
import type { TestVisitor } from './support/visitor';

let console: TestConsole;
let id: string;

const place = async (more: Partial<OrderInput>): Promise<string> => {
  console.api.orders.onStart = (order) => recordPlaced(console.api.db, order, 'confirmed');
  const channel = createApiClient({ baseUrl: console.api.url, key: keyOf('channel') });
  return (await channel.post<{ id: string }>('/v1/orders', orderInput(more), { wait: 10 })).id;
};

beforeAll(async () => {
  console = await startTestConsole();
  await setUp(console.api);
  const admin = createApiClient({ baseUrl: console.api.url, key: keyOf('admin') });
  await admin.put('/v1/channels/till', { type: 'pos', name: 'Till' });
  id = await place({ externalReference: 'A-1' });
});
afterAll(() => console.close());
beforeEach(() => {
  console.api.orders.asked = [];
  console.api.orders.answer = { outcome: 'done' };
});

/** People who see a part of it, and something of each kind that pages lead to. */
async function openWays(): Promise<void> {
  await console.api.deps.store.saveKey({
    ...{ id: 'staff', role: 'store', name: 'staff', boundTo: 'store' },
    keyHash: hashApiKey(testSecret, 'store-key'),
  });
  const admin = createApiClient({ baseUrl: console.api.url, key: keyOf('admin') });
  const channel = createApiClient({ baseUrl: console.api.url, key: keyOf('channel') });
  const movement = { type: 'receipt', locationId: 'warehouse', quantity: 3 };
  await admin.post('/v1/stock/movements', { movements: [{ ...movement, sku: 'CAP' }] });
  const way = { fromLocationId: 'warehouse', toLocationId: 'store' };
  await admin.post('/v1/transfers', { ...way, lines: [{ sku: 'CAP', quantity: 1 }] });
  await channel.post('/v1/stock-alerts', { channel: 'web', sku: 'SHIRT', email: 'eve@example.com' });
  await admin.put('/v1/price-lists/trade', {
    ...{ name: 'Trade', currency: 'EUR' },
    prices: [
      { sku: 'SHIRT', price: eur(2000) },
      { sku: 'CAP', price: eur(1000) },
    ],
  });
  await admin.put('/v1/accounts/acme', {
    ...{ channel: 'web', name: 'Acme', priceList: 'trade', creditLimit: eur(100_000) },
  });
  const customer = { email: 'ada@example.com', name: 'Ada Rossi', account: 'acme' };
  await place({ externalReference: 'A-2', customer, soldAt: 'store' });
}

/** Opens every page that somebody is led to, beginning where they land, and tells where they were refused. */
async function follow(person: TestVisitor): Promise<{ visited: number; refused: string[] }> {
  const { location } = await person.get('/');
  const ways = new Map([[location!, '/']]);
  const refused: string[] = [];
  for (const [path, from] of ways) {
    const { status, headers, text } = await person.get(path);
    if (status === 403) refused.push(`${from} → ${path}`);
    if (!headers.get('content-type')?.includes('html')) continue;
    for (const [, href] of text.matchAll(/<a [^>]*?href="(\/[^"#]*)/g)) {
      // By whom a page may be seen does not depend on its filters.
      const next = href!.split('?')[0]!;
      if (!ways.has(next)) ways.set(next, path);
    }
  }
  return { visited: ways.size, refused };
}

describe('pages', () => {
  const rows: [path: string, allowed: Role[]][] = [
    ['/orders', ['admin', 'support', 'channel']],
    ['/orders/:id', ['admin', 'support', 'channel']],
    ['/locations', ['admin', 'support', 'warehouse']],
    ['/locations/warehouse/fulfillments', ['admin', 'support', 'warehouse']],
    ['/stock', ['admin', 'support', 'warehouse']],
    ['/stock/movements', ['admin', 'support', 'warehouse']],
    ['/stock/feeds', ['admin', 'support', 'warehouse']],
    ['/transfers', ['admin', 'support', 'warehouse']],
    ['/stock/low', ['admin', 'support', 'warehouse']],
    ['/purchase-orders', ['admin', 'support', 'warehouse']],
    ['/tariffs', ['admin', 'support']],
    ['/set-up/locations', ['admin', 'support', 'warehouse']],
    ['/reorder-points', ['admin', 'support', 'warehouse']],
    ['/stock/buffers', ['admin', 'support', 'warehouse']],
    ['/exceptions', ['admin', 'support']],
    ['/suppliers', ['admin', 'support', 'warehouse']],
    ['/accounts', ['admin', 'support', 'channel']],
    ['/price-lists', ['admin', 'support']],
    ['/stock/alerts', ['admin', 'support', 'channel']],
    ['/stock/alerts/shoppers', ['admin', 'support', 'channel']],
  ];

  it.each(rows)('%s are for %j alone', async (path, allowed) => {
    for (const role of ['admin', 'support', 'channel', 'warehouse', 'carrier'] as const) {
      const person = await console.as(role);
      const { status } = await person.get(path.replace(':id', id));
      expect({ role, status }).toEqual({ role, status: allowed.includes(role) ? 200 : 403 });
    }
  });

  it('offer in the menu what may be seen, by groups, with the places of the one where somebody is', async () => {
    const menu = async (role: Role, path: string) => {
      const { text } = await (await console.as(role)).get(path);
      return ['nav', 'places'].map((id) => {
        const [, inside = ''] = new RegExp(`<nav id="${id}"[^>]*>(.*?)</nav>`, 's').exec(text) ?? [];
        return [...inside.matchAll(/<a href="([^"]+)"([^>]*)>([^<]+)<\/a>/g)].map(
          ([, , here, label]) => label! + (here === '' ? '' : ' *'),
        );
      });
    };
    expect(await menu('support', '/stock/alerts/shoppers')).toEqual([
      ['Orders', 'Locations', 'Stock *', 'Purchasing', 'Customers', 'Rules'],
      ['Levels', 'Movements', 'Transfers', 'Feeds', 'Alerts *', 'Buffers', 'Safety stock'],
    ]);
    // Low stock is what purchasing looks at, though it lies under the stock's address.
    expect(await menu('warehouse', '/stock/low')).toEqual([
      ['Locations', 'Stock', 'Purchasing *'],
      ['Purchase orders', 'Requests', 'Low stock *', 'Reorder points', 'Suppliers'],
    ]);
    expect((await menu('warehouse', '/fulfillments/none/pack'))[0]).toContain('Locations *');
    // A group of one place is that place.
    expect(await menu('channel', '/orders')).toEqual([['All orders *', 'Alerts', 'Accounts'], []]);
  });

  it('lead nobody to what they may not see', async () => {
    await openWays();
    const keys = { support: keyOf('support'), channel: keyOf('channel'), warehouse: keyOf('warehouse') };
    for (const [who, key] of Object.entries({ ...keys, store: 'store-key' })) {
      const { visited, refused } = await follow(await console.signedIn(key));
      expect({ who, refused }).toEqual({ who, refused: [] });
      expect(visited).toBeGreaterThan(10);
    }
  });

  it('say so when there is no such thing', async () => {
    const person = await console.as('support');
    for (const path of ['/orders/none', '/locations/none/fulfillments', '/nothing']) {
      const answer = await person.get(path);
      expect(answer.status).toBe(404);
      expect(answer.text).toContain('<h1>');
    }
  });

  it('keep a key that is bound to a channel to that channel', async () => {
    await console.api.deps.store.saveKey({
      id: 'till',
      role: 'channel',
      name: 'till',
      keyHash: hashApiKey(testSecret, 'till-key'),
      boundTo: 'till',
    });
    const theirs = await place({ externalReference: 'T-1', channel: 'till' });
    const till = await console.signedIn('till-key');
    const list = await till.get('/orders');
    expect(list.text).toContain(theirs);
    expect(list.text).not.toContain(id);
    expect((await till.get(`/orders/${id}`)).status).toBe(404);
    expect((await till.get(`/orders/${theirs}`)).status).toBe(200);
  });
});

describe('actions', () => {
  it('hold an order as the API does, in the name of who signed in', async () => {
    const support = await console.as('support');
    const answer = await support.submit(`/orders/${id}`, `/orders/${id}/hold`, { reason: 'looks odd' });
    expect(answer).toMatchObject({ status: 303, location: `/orders/${id}` });
    expect(console.api.orders.asked).toMatchObject([
      {
        action: 'hold',
        workflowId: 'order:web:A-1',
        request: { reason: 'looks odd', actor: 'support:support' },
      },
    ]);
  });

  it('ask once when a form is sent twice', async () => {
    const support = await console.as('support');
    await support.submit(`/orders/${id}`, `/orders/${id}/cancel`, { reason: 'twice', formKey: 'same' });
    await support.submit(`/orders/${id}`, `/orders/${id}/cancel`, { reason: 'twice', formKey: 'same' });
    await support.submit(`/orders/${id}`, `/orders/${id}/cancel`, { reason: 'twice', formKey: 'other' });
    const keys = console.api.orders.asked.map(({ request }) => (request as { key: string }).key);
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[1]);
  });

  it('answer htmx with the fresh page and what came of it', async () => {
    const support = await console.as('support');
    const { csrf } = await support.get(`/orders/${id}`);
    const answer = await support.post(
      `/orders/${id}/release`,
      { csrf },
      { 'HX-Request': 'true', 'HX-Current-URL': `${console.url}/orders/${id}` },
    );
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain('<html');
    expect(answer.text).toContain('The order was released');
    expect(answer.headers.get('hx-push-url')).toBeNull();
  });

  it('tell why the state does not allow them', async () => {
    console.api.orders.answer = { outcome: 'notAllowed', because: 'It has shipped', allowed: [] };
    const support = await console.as('support');
    const answer = await support.submit(`/orders/${id}`, `/orders/${id}/cancel`, { reason: 'too late' });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('It has shipped');
    expect(answer.text).toContain('<h1>Order');
  });

  it.each([
    ['no token', async () => ''],
    ['a made up token', async () => 'x'.repeat(43)],
    ["another session's token", async () => (await (await console.as('support')).get(`/orders/${id}`)).csrf],
    ["a visitor's token", async () => (await console.visitor().get('/login')).csrf],
  ])('do nothing with %s', async (_with, token) => {
    const support = await console.as('support');
    const answer = await support.post(`/orders/${id}/hold`, { csrf: await token(), reason: 'forged' });
    expect(answer.status).toBe(403);
    expect(console.api.orders.asked).toEqual([]);
  });

  it('do nothing when the browser says that the form came from elsewhere', async () => {
    const support = await console.as('support');
    const { csrf } = await support.get(`/orders/${id}`);
    const answer = await support.post(
      `/orders/${id}/hold`,
      { csrf, reason: 'x' },
      { 'Sec-Fetch-Site': 'cross-site' },
    );
    expect(answer.status).toBe(403);
    expect(console.api.orders.asked).toEqual([]);
  });

  const forbidden: [Role, string][] = [
    ['channel', `/orders/:id/hold`],
    ['channel', `/orders/:id/release`],
    ['channel', '/orders/:id/fast-forward'],
    ['warehouse', '/orders/:id/cancel'],
    ['support', '/fulfillments/any/pick'],
    ['support', '/fulfillments/any/pack'],
    ['support', '/returns/any/receive'],
    ['channel', '/returns/any/inspect'],
    ['carrier', '/orders/:id/hold'],
  ];
  it.each(forbidden)('%s may not POST %s', async (role, path) => {
    const person = await console.as(role);
    const { csrf } = await person.get(role === 'carrier' ? '/stock' : '/nothing');
    const token = csrf || (await person.get('/orders')).csrf || (await person.get('/locations')).csrf;
    const answer = await person.post(path.replace(':id', id), { csrf: token, reason: 'x', duration: 'P1D' });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('Not for this role');
    expect(console.api.orders.asked).toEqual([]);
    expect(console.api.orders.fastForwarded).toEqual([]);
  });

  it('refuse what the contract refuses, with the field that is wrong', async () => {
    const support = await console.as('support');
    const answer = await support.submit(`/orders/${id}`, `/orders/${id}/hold`, { reason: ' ' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Reason: ');
  });
});

describe('fast-forward', () => {
  it('exists in development alone', async () => {
    const support = await console.as('support');
    expect((await support.get(`/orders/${id}`)).text).toContain('/fast-forward');
    await support.submit(`/orders/${id}`, `/orders/${id}/fast-forward`, { duration: 'P3D' });
    expect(console.api.orders.fastForwarded).toEqual([
      { workflowId: 'order:web:A-1', durationMs: 3 * 86_400_000 },
    ]);
    console.api.orders.fastForwarded = [];
  });
});
