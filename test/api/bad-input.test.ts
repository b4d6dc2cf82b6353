import { createAuthenticate } from '../../api/authenticate';
import { address, eur, orderInput, setUp } from './support/samples';
import { keyOf, startTestApi, type TestApi } from './support/server';

/** Nothing that anybody sends is answered with a 5xx, and nothing is half done. */
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
});
afterAll(() => api.close());

interface Problem {
  status: number;
  type: string;
  title: string;
  detail: string;
  instance: string;
  errors?: { pointer: string; detail: string; in?: string }[];
}

interface Sent {
  method?: string;
  path?: string;
  body?: unknown;
  /** Instead of `body`, as it goes over the wire. */
  raw?: string | Buffer;
  headers?: Record<string, string>;
}

async function send({ method = 'POST', path = '/v1/orders', body, raw, headers }: Sent) {
  return fetch(api.url + path, {
    method,
    headers: { Authorization: `Bearer ${keyOf('admin')}`, 'Content-Type': 'application/json', ...headers },
    body: method === 'GET' ? undefined : (raw ?? JSON.stringify(body)),
  });
}

async function expectProblem(answer: Response, status: number): Promise<Problem> {
  const text = await answer.text();
  expect({ status: answer.status, text }).toMatchObject({ status });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = JSON.parse(text) as Problem;
  expect(problem).toMatchObject({
    status,
    type: expect.stringMatching(/^urn:ordito:problem:/),
    title: expect.any(String),
    instance: `urn:ordito:request:${answer.headers.get('x-request-id')}`,
  });
  return problem;
}

const line = { sku: 'SHIRT', quantity: 1, unitPrice: eur(2000) };
const withLine = (more: object) => orderInput({ lines: [{ ...line, ...more }] as never });
const huge = 'x'.repeat(1024 * 1024);

describe('an order that cannot be taken in', () => {
  const table: [string, unknown, string, RegExp?][] = [
    ['unknown SKU', withLine({ sku: 'NOPE' }), '/lines/0/sku', /NOPE/],
    ['unknown channel', orderInput({ channel: 'nowhere' }), '/channel', /nowhere/],
    ['zero pieces', withLine({ quantity: 0 }), '/lines/0/quantity'],
    ['negative pieces', withLine({ quantity: -1 }), '/lines/0/quantity'],
    ['half a piece', withLine({ quantity: 0.5 }), '/lines/0/quantity'],
    ['too many pieces', withLine({ quantity: 100_001 }), '/lines/0/quantity'],
    ['pieces as text', withLine({ quantity: '1' }), '/lines/0/quantity'],
    ['no pieces', withLine({ quantity: null }), '/lines/0/quantity'],
    ['no lines', orderInput({ lines: [] }), '/lines'],
    [
      'mixed currencies in a line',
      withLine({ unitPrice: { amount: 1, currency: 'USD' } }),
      '/lines/0/unitPrice/currency',
      /USD/,
    ],
    [
      'mixed currencies in a tender',
      orderInput({ tenders: [{ method: 'card', amount: { amount: 4500, currency: 'USD' } }] }),
      '/tenders/0/amount/currency',
      /USD/,
    ],
    ['wrong total', orderInput({ total: eur(4499) }), '/total', /4500.*4499|-1/],
    [
      'tenders that do not add up',
      orderInput({ tenders: [{ method: 'card', amount: eur(4000) }] }),
      '/tenders',
      /4500.*4000|-500/,
    ],
    [
      'a fraction of a cent',
      withLine({ unitPrice: { amount: 10.5, currency: 'EUR' } }),
      '/lines/0/unitPrice/amount',
    ],
    ['an amount beyond the safe integers', orderInput({ total: eur(2 ** 53) }), '/total/amount'],
    ['a negative price', withLine({ unitPrice: eur(-1) }), '/lines/0/unitPrice/amount'],
    ['a discount above the line', withLine({ discount: eur(2001) }), '/lines/0/discount'],
    [
      'an overflow that only the sum has',
      withLine({ quantity: 100_000, unitPrice: eur(Number.MAX_SAFE_INTEGER) }),
      '/lines/0',
    ],
    ['a currency that does not exist', orderInput({ currency: 'XXZ' }), '/currency'],
    [
      'a reference as a number',
      orderInput({ externalReference: 9007199254740993 as never }),
      '/externalReference',
      /string/,
    ],
    [
      'a customer id as a number',
      orderInput({ customer: { externalId: 1e20, email: 'a@b.it', name: 'A' } as never }),
      '/customer/externalId',
    ],
    ['a SKU as a number', withLine({ sku: 4006381333931 }), '/lines/0/sku'],
    ['an empty reference', orderInput({ externalReference: '' }), '/externalReference'],
    ['a blank around a reference', orderInput({ externalReference: ' A' }), '/externalReference'],
    ['a long reference', orderInput({ externalReference: 'x'.repeat(201) }), '/externalReference'],
    ['a NUL character', orderInput({ externalReference: 'A\u0000B' }), '/externalReference', /control/],
    ['half a surrogate pair', orderInput({ note: 'broken \ud800' }), '/note'],
    [
      'a NUL in an address',
      orderInput({ shippingAddress: { ...address, city: 'Bo\u0000' } }),
      '/shippingAddress/city',
    ],
    ['an unknown field', { ...orderInput(), colour: 'red' }, '/colour', /no such field/],
    ['an unknown field within', withLine({ color: 'red' }), '/lines/0/color', /no such field/],
    ['a field that needs escaping', { ...orderInput(), 'a/b~c': 1 }, '/a~1b~0c'],
    ['a prototype', JSON.parse('{"__proto__": {"admin": true}}'), '/channel'],
    ['a wrong mail address', orderInput({ customer: { email: 'nobody', name: 'N' } }), '/customer/email'],
    [
      'a country that does not exist',
      orderInput({ shippingAddress: { ...address, country: 'ZZ' } }),
      '/shippingAddress/country',
    ],
    [
      'an unknown tender',
      orderInput({ tenders: [{ method: 'shells' as never, amount: eur(4500) }] }),
      '/tenders/0/method',
    ],
    [
      'a gift card without its code',
      orderInput({ tenders: [{ method: 'giftCard', amount: eur(4500) }] }),
      '/tenders/0/token',
    ],
    [
      'a tender of nothing',
      orderInput({ tenders: [{ method: 'card', amount: eur(0) }] }),
      '/tenders/0/amount/amount',
    ],
    ['pickup of nowhere', orderInput({ delivery: { mode: 'pickup' } }), '/delivery/locationId'],
    [
      'pickup at an unknown place',
      orderInput({ delivery: { mode: 'pickup', locationId: 'moon' } }),
      '/delivery/locationId',
      /moon/,
    ],
    [
      'pickup where nothing is handed over',
      orderInput({ delivery: { mode: 'pickup', locationId: 'warehouse' } }),
      '/delivery/locationId',
    ],
    ['a date that is none', orderInput({ placedAt: '2024-02-30T10:00:00Z' }), '/placedAt'],
    ['a date without a zone', orderInput({ placedAt: '2024-02-20T10:00:00' }), '/placedAt'],
    ['the far future', orderInput({ placedAt: '2999-01-01T00:00:00Z' }), '/placedAt'],
    ['a tax rate above 100 %', withLine({ taxRateBps: 10_001 }), '/lines/0/taxRateBps'],
    ['a list', [orderInput()], ''],
    ['a number', 42, ''],
    ['null', null, ''],
  ];

  // Rows are taken whole: a column left out must not become jest's `done`.
  it.each(table)('%s', async (...[, body, pointer, detail]) => {
    const problem = await expectProblem(await send({ body }), 422);
    const found = problem.errors?.find((error) => error.pointer === pointer);
    expect(problem.errors?.map((error) => error.pointer)).toContain(pointer);
    if (detail) expect(found?.detail).toMatch(detail);
  });

  it('tells all that is wrong at once', async () => {
    const body = { ...orderInput(), currency: 'eur', lines: [{ sku: 'SHIRT', quantity: 0 }], x: 1 };
    const { errors } = await expectProblem(await send({ body }), 422);
    expect(errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '/currency',
      '/lines/0/quantity',
      '/lines/0/unitPrice',
      '/x',
    ]);
  });

  it('leaves nothing behind', async () => {
    expect([...api.orders.started.keys()]).toEqual([]);
    expect(await api.db('orders')).toEqual([]);
  });
});

describe('a request that cannot be read', () => {
  const json = JSON.stringify(orderInput());
  const table: [string, Sent, number, RegExp?][] = [
    ['invalid JSON', { raw: '{"channel": "web",\n "lines": [1, 2,, 3]}' }, 400, /line 2, column 17/],
    ['JSON that breaks off', { raw: '{"channel": "web"' }, 400, /line 1, column 18/],
    ['JSON with something after it', { raw: '{} {}' }, 400, /column 4/],
    ['no JSON at all', { raw: 'channel=web' }, 400, /column 1/],
    ['an empty body', { raw: '' }, 400, /empty/],
    ['a form', { raw: 'a=b', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }, 415],
    ['plain text', { raw: json, headers: { 'Content-Type': 'text/plain' } }, 415],
    [
      'an unknown charset',
      { raw: json, headers: { 'Content-Type': 'application/json; charset=klingon' } },
      415,
    ],
    ['an unknown compression', { raw: json, headers: { 'Content-Encoding': 'zip' } }, 415],
    ['compression that is none', { raw: json, headers: { 'Content-Encoding': 'gzip' } }, 400],
    ['a string of 1 MB', { body: orderInput({ externalReference: huge }) }, 413, /512 kB/],
    ['a note of 300 kB', { body: orderInput({ note: huge.slice(0, 300_000) }) }, 422],
    ['a field name of 300 kB', { body: { ...orderInput(), [huge.slice(0, 300_000)]: 1 } }, 422],
    ['deep nesting', { raw: '['.repeat(100_000) + ']'.repeat(100_000) }, 422],
    ['a number beyond all', { raw: json.replace('"quantity":1', '"quantity":1e999') }, 422],
    ['an address with a broken escape', { method: 'GET', path: '/v1/orders/%ff' }, 400],
    [
      'an idempotency key with a line break in it',
      { body: orderInput(), headers: { 'Idempotency-Key': 'a\tb' } },
      422,
    ],
    [
      'an endless idempotency key',
      { body: orderInput(), headers: { 'Idempotency-Key': 'k'.repeat(201) } },
      422,
    ],
  ];
  it.each(table)('%s', async (...[, sent, status, detail]) => {
    const problem = await expectProblem(await send(sent), status);
    if (detail) expect(problem.detail).toMatch(detail);
    expect(JSON.stringify(problem).length).toBeLessThan(5_000);
  });

  it('repeats nothing of the body', async () => {
    const problem = await expectProblem(await send({ raw: '{"email": "ada@example.com" oops}' }), 400);
    expect(JSON.stringify(problem)).not.toContain('ada@');
  });
});

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
    const answer = await send({ body: orderInput(), ...sent });
    await expectProblem(answer, status);
    if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('forgets a revoked key after a few seconds at most', async () => {
    let now = 0;
    const authenticate = createAuthenticate(api.deps.store.findKey, api.deps.settings.secret, () => now);
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
    await expectProblem(await send(sent), status);
  });

  it('a method that is not served says which are', async () => {
    const answer = await send({ method: 'DELETE', path: '/v1/orders' });
    await expectProblem(answer, 405);
    expect(answer.headers.get('allow')).toBe('POST, GET, HEAD, OPTIONS');
  });

  it('lists every unknown SKU', async () => {
    const answer = await send(get('/v1/availability?sku=A&sku=SHIRT&sku=B'));
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
    const { errors } = await expectProblem(await send(sent), 422);
    expect(errors?.map((error) => error.pointer)).toContain(pointer);
  });

  it('moves nothing', async () => {
    expect(await api.db('stock_ledger')).toEqual([]);
  });
});
