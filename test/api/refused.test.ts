import { createAuthenticate } from '../../api/authenticate';
import { eur, orderInput, setUp } from './support/samples';
import { expectProblem, send, type Sent } from './support/send';
import { keyOf, startTestApi, type TestApi } from './support/server';

/** Who may not, what is not there, and set-up that makes no sense. */
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
});
afterAll(() => api.close());

describe('who may not', () => {
  const table: [string, Sent, number][] = [
    ['no key', { headers: { Authorization: '' } }, 401],
    ['another scheme', { headers: { Authorization: 'Basic YTpi' } }, 401],
    ['a wrong key', { headers: { Authorization: 'Bearer nobody' } }, 401],
    ['a key of 10 kB', { headers: { Authorization: `Bearer ${'k'.repeat(10_000)}` } }, 401],
    ['a carrier placing orders', { headers: { Authorization: `Bearer ${keyOf('carrier')}` } }, 403],
    [
      'a channel changing prices',
      { method: 'PUT', path: '/v1/products/SHIRT', headers: { Authorization: `Bearer ${keyOf('channel')}` } },
      403,
    ],
    [
      'a warehouse cancelling',
      { path: '/v1/orders/x/cancel', headers: { Authorization: `Bearer ${keyOf('warehouse')}` } },
      403,
    ],
    [
      'support counting stock',
      { path: '/v1/stock/movements', headers: { Authorization: `Bearer ${keyOf('support')}` } },
      403,
    ],
  ];
  it.each(table)('%s', async (_what, sent, status) => {
    const answer = await send(api, { body: orderInput(), ...sent });
    await expectProblem(answer, status);
    if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('forgets a revoked key after a few seconds at most', async () => {
    let now = 0;
    const authenticate = createAuthenticate(
      api.deps.store.findKey,
      api.deps.settings.secret,
      api.deps.limits,
      () => now,
    );
    const header = `Bearer ${keyOf('support')}`;
    await authenticate(header);
    await api.deps.store.revokeKey('support');
    now += 5_001;
    await expect(authenticate(header)).rejects.toMatchObject({ status: 401 });
  });
});

describe('what is not there', () => {
  const get = (path: string): Sent => ({ method: 'GET', path });
  const table: [string, Sent, number][] = [
    ['an unknown route', get('/v1/nothing'), 404],
    ['an unknown page', get('/nothing'), 404],
    ['an unknown order', get('/v1/orders/ord_unknown'), 404],
    ['an order of a sound id', get('/v1/orders/ord_00000000000000000000000000'), 404],
    ['an order with NUL in its id', get('/v1/orders/a%00b'), 422],
    ['an order with quotes in its id', get("/v1/orders/'%20OR%201=1--"), 404],
    ['an order of an endless id', get(`/v1/orders/${'x'.repeat(3000)}`), 422],
    ['the story of an unknown order', get('/v1/orders/nope/events'), 404],
    ['the sourcing of an unknown order', get('/v1/orders/nope/sourcing'), 404],
    ['an unknown product', get('/v1/products/nope'), 404],
    ['an unknown location', get('/v1/locations/nope'), 404],
    ['an unknown channel', get('/v1/channels/nope'), 404],
    ['an unknown fulfillment', get('/v1/fulfillments/nope'), 404],
    ['an unknown return', get('/v1/returns/nope'), 404],
    ['an unknown document', get('/v1/documents/nope'), 404],
    ['an unknown gift card', get('/v1/gift-cards/nope'), 404],
    ['cancelling an unknown order', { path: '/v1/orders/nope/cancel', body: { reason: 'x' } }, 404],
    ['holding an unknown order', { path: '/v1/orders/nope/hold', body: { reason: 'x' } }, 404],
    ['releasing an unknown order', { path: '/v1/orders/nope/release', body: {} }, 404],
    [
      'paying an unknown order',
      { path: '/v1/orders/nope/payments', body: { amount: eur(1), reference: 'b' } },
      404,
    ],
    ['picking an unknown fulfillment', { path: '/v1/fulfillments/nope/pick', body: {} }, 404],
    [
      'packing an unknown fulfillment',
      {
        path: '/v1/fulfillments/nope/pack',
        body: { packages: [{ type: 'box', weightGrams: 1, lines: [{ lineId: 'x', quantity: 1 }] }] },
      },
      404,
    ],
    ['shipping an unknown fulfillment', { path: '/v1/fulfillments/nope/ship', body: {} }, 404],
    [
      'rejecting an unknown fulfillment',
      { path: '/v1/fulfillments/nope/reject', body: { reason: 'x' } },
      404,
    ],
    ['making an unknown fulfillment ready', { path: '/v1/fulfillments/nope/ready', body: {} }, 404],
    [
      'collecting an unknown fulfillment',
      { path: '/v1/fulfillments/nope/collect', body: { code: 'x' } },
      404,
    ],
    ['receiving an unknown return', { path: '/v1/returns/nope/receive', body: {} }, 404],
    [
      'inspecting an unknown return',
      {
        path: '/v1/returns/nope/inspect',
        body: { lines: [{ lineId: 'x', quantity: 1, outcome: 'restock' }] },
      },
      404,
    ],
    [
      'returning of an unknown order',
      {
        path: '/v1/returns',
        body: {
          orderId: 'nope',
          lines: [{ lineId: 'x', quantity: 1, reason: 'r' }],
          mode: 'parcel',
          refundTo: 'tenders',
        },
      },
      422,
    ],
    [
      'fast-forward of an unknown order',
      { path: '/v1/dev/orders/nope/fast-forward', body: { duration: 'P1D' } },
      404,
    ],
    [
      'fast-forward by nonsense',
      { path: '/v1/dev/orders/nope/fast-forward', body: { duration: '3 days' } },
      422,
    ],
    ['availability of an unknown SKU', get('/v1/availability?sku=SHIRT&sku=NOPE'), 422],
    ['availability of nothing', get('/v1/availability'), 422],
    ['a cursor that we never gave', get('/v1/orders?cursor=abc'), 422],
    [
      'a cursor of another list',
      get(`/v1/orders?cursor=${Buffer.from('"SHIRT"').toString('base64url')}`),
      422,
    ],
    ['a page of nothing', get('/v1/orders?limit=0'), 422],
    ['a page of everything', get('/v1/orders?limit=100000'), 422],
    ['an unknown status', get('/v1/orders?status=lost'), 422],
    ['an unknown filter', get('/v1/orders?stauts=placed'), 422],
    ['a filter twice', get('/v1/orders?status=placed&status=onHold'), 422],
    ['NUL in a search', get('/v1/orders?q=%00'), 422],
    ['a month that is none', get('/v1/orders?from=2024-13-01'), 422],
  ];
  it.each(table)('%s', async (_what, sent, status) => {
    await expectProblem(await send(api, sent), status);
  });

  it('a method that is not served says which are', async () => {
    const answer = await send(api, { method: 'DELETE', path: '/v1/orders' });
    await expectProblem(answer, 405);
    expect(answer.headers.get('allow')).toBe('POST, GET, HEAD, OPTIONS');
  });

  it('lists every unknown SKU', async () => {
    const answer = await send(api, get('/v1/availability?sku=A&sku=SHIRT&sku=B'));
    const { errors } = await expectProblem(answer, 422);
    expect(errors?.map(({ detail }) => detail)).toEqual([
      expect.stringContaining('"A"'),
      expect.stringContaining('"B"'),
    ]);
  });
});

describe('set-up that makes no sense', () => {
  const put = (path: string, body: unknown): Sent => ({ method: 'PUT', path, body });
  const location = {
    type: 'store',
    name: 'S',
    address: { line1: 'x', postalCode: '1', city: 'c', country: 'IT' },
    capabilities: [],
  };
  const movement = { sku: 'SHIRT', locationId: 'warehouse', type: 'receipt', quantity: 1 };
  const moved = (more: object): Sent => ({
    path: '/v1/stock/movements',
    body: { movements: [{ ...movement, ...more }] },
  });
  const table: [string, Sent, string][] = [
    ['a wrong GTIN', put('/v1/products/X', { title: 'X', gtin: '4006381333930' }), '/gtin'],
    ['a weight of nothing', put('/v1/products/X', { title: 'X', weightGrams: 0 }), '/weightGrams'],
    [
      'half the dimensions',
      put('/v1/products/X', { title: 'X', dimensionsMm: { length: 1 } }),
      '/dimensionsMm/width',
    ],
    ['a blank title', put('/v1/products/X', { title: '   ' }), '/title'],
    ['a blank SKU', put('/v1/products/%20', { title: 'X' }), '/sku'],
    ['an unknown type of location', put('/v1/locations/X', { ...location, type: 'ship' }), '/type'],
    [
      'an unknown capability',
      put('/v1/locations/X', { ...location, capabilities: ['fly'] }),
      '/capabilities/0',
    ],
    [
      'a point off the globe',
      put('/v1/locations/X', { ...location, address: { ...location.address, point: { lat: 91, lng: 0 } } }),
      '/address/point/lat',
    ],
    ['months to act within', put('/v1/locations/X', { ...location, actWithin: 'P1M' }), '/actWithin'],
    ['a channel code with a colon', put('/v1/channels/a:b', { type: 't', name: 'n' }), '/code'],
    [
      'an unknown setting',
      put('/v1/channels/x', { type: 't', name: 'n', settings: { colour: 1 } }),
      '/settings/colour',
    ],
    ['a negative gift card', put('/v1/gift-cards/x', { balance: eur(-1) }), '/balance/amount'],
    ['a receipt of nothing', moved({ quantity: 0 }), '/movements/0/quantity'],
    ['a receipt of less than nothing', moved({ quantity: -1 }), '/movements/0/quantity'],
    ['half a piece received', moved({ quantity: 1.5 }), '/movements/0/quantity'],
    ['an adjustment by nothing', moved({ type: 'adjustment', quantity: 0 }), '/movements/0/quantity'],
    ['a transfer to nowhere', moved({ type: 'transfer' }), '/movements/0/toLocationId'],
    ['an unknown movement', moved({ type: 'theft' }), '/movements/0/type'],
    ['no movements', { path: '/v1/stock/movements', body: { movements: [] } }, '/movements'],
    [
      'negative safety stock',
      put('/v1/stock/safety', { items: [{ sku: 'SHIRT', locationId: 'warehouse', safetyStock: -1 }] }),
      '/items/0/safetyStock',
    ],
  ];
  it.each(table)('%s', async (_what, sent, pointer) => {
    const { errors } = await expectProblem(await send(api, sent), 422);
    expect(errors?.map((error) => error.pointer)).toContain(pointer);
  });

  it('moves nothing', async () => {
    expect(await api.db('stock_ledger')).toEqual([]);
  });
});
