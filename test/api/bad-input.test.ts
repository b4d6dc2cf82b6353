import { address, eur, orderInput, setUp } from './support/samples';
import { expectProblem, send, type Sent } from './support/send';
import { startTestApi, type TestApi } from './support/server';

/** Nothing that anybody sends is answered with a 5xx, and nothing is half done. */
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
});
afterAll(() => api.close());

const line = { sku: 'SHIRT', quantity: 1, unitPrice: eur(2000) };
const withLine = (more: object) => orderInput({ lines: [{ ...line, ...more }] as never });
const huge = 'x'.repeat(1024 * 1024);

const parcelShop = {
  ...{ carrier: 'sandbox', id: 'IT-4711', name: 'Edicola Stella' },
  address: { line1: 'Via Saragozza 8', postalCode: '40123', city: 'Bologna', country: 'IT' },
};

describe('an order that cannot be taken in', () => {
  const table: [string, unknown, string, RegExp?][] = [
    ['unknown SKU', withLine({ sku: 'NOPE' }), '/lines/0/sku', /NOPE/],
    ['unknown channel', orderInput({ channel: 'nowhere' }), '/channel', /nowhere/],
    [
      'a parcel shop of an unknown carrier',
      orderInput({ delivery: { mode: 'ship', parcelShop: { ...parcelShop, carrier: 'nobody' } } }),
      '/delivery/parcelShop/carrier',
      /nobody.*sandbox/,
    ],
    [
      'a parcel shop for a pickup',
      orderInput({ delivery: { mode: 'pickup', locationId: 'store', parcelShop } }),
      '/delivery/parcelShop',
    ],
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
    const problem = await expectProblem(await send(api, { body }), 422);
    const found = problem.errors?.find((error) => error.pointer === pointer);
    expect(problem.errors?.map((error) => error.pointer)).toContain(pointer);
    if (detail) expect(found?.detail).toMatch(detail);
  });

  it('tells all that is wrong with its shape at once', async () => {
    const body = { ...orderInput(), currency: 'eur', lines: [{ sku: 'SHIRT', quantity: 0 }], x: 1 };
    const { errors } = await expectProblem(await send(api, { body }), 422);
    expect(errors?.map(({ pointer }) => pointer).sort()).toEqual(['/currency', '/lines/0/quantity', '/x']);
  });

  it('tells all that is left out at once', async () => {
    const { customer, shipping, total, ...body } = {
      ...orderInput(),
      lines: [{ sku: 'SHIRT', quantity: 1 }],
    };
    expect([customer, shipping, total]).not.toContain(undefined);
    const { errors } = await expectProblem(await send(api, { body }), 422);
    expect(errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '/customer',
      '/lines/0/unitPrice',
      '/shipping',
      '/total',
    ]);
  });

  it('leaves nothing behind', async () => {
    expect([...api.orders.started.keys()]).toEqual([]);
    expect(await api.db('orders')).toEqual([]);
  });
});

describe('a request that cannot be read', () => {
  const json = JSON.stringify(orderInput());
  const from = (at: string): Sent => ({
    method: 'GET',
    path: `/v1/orders?from=${encodeURIComponent(at)}`,
  });
  const movements = '/v1/stock/movements?from=0000-01-01T00:00:00Z';
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
    ['an instant before the first year', from('0000-01-01T00:00:00Z'), 422, /years 1 and 9999/],
    ['an instant before it in UTC', from('0001-01-01T00:00:00+14:00'), 422, /years 1 and 9999/],
    ['a day before it', from('0000-02-29'), 422, /years 1 and 9999/],
    ['an instant of nowhere', from('2025-01-01T00:00:00+23:59'), 422, /16 hours/],
    ['another of nowhere', from('2025-01-01T00:00:00-16:00'), 422, /16 hours/],
    ['movements since nobody counted', { method: 'GET', path: movements }, 422, /years 1 and 9999/],
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
    const problem = await expectProblem(await send(api, sent), status);
    if (detail) expect(problem.detail).toMatch(detail);
    expect(JSON.stringify(problem).length).toBeLessThan(5_000);
  });

  it('repeats nothing of the body', async () => {
    const problem = await expectProblem(await send(api, { raw: '{"email": "ada@example.com" oops}' }), 400);
    expect(JSON.stringify(problem)).not.toContain('ada@');
  });
});
