import { createApiClient, type ApiClient, type ApiProblem } from '../../api/client';
import { hashApiKey } from '../../api/key-hash';
import { eur, setUp } from './support/samples';
import { keyOf, startTestApi, type TestApi } from './support/server';

let api: TestApi;
let admin: ApiClient;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
  admin = createApiClient({ baseUrl: api.url, key: keyOf('admin') });
  await admin.put('/v1/channels/franchise', { type: 'franchise', name: 'Franchise' });
});
afterAll(() => api.close());

const terms = { channel: 'franchise', name: 'Bottega', creditLimit: eur(1000) };
const refusal = async (asked: Promise<unknown>): Promise<ApiProblem> =>
  (await asked.catch((error: unknown) => error)) as ApiProblem;
const pointersOf = ({ problem }: ApiProblem) =>
  (problem.errors as { pointer: string }[] | undefined)?.map(({ pointer }) => pointer);

describe('a price list', () => {
  const price = { sku: 'SHIRT', price: eur(1500) };
  const list = { name: 'Partners', currency: 'EUR', prices: [price] };

  test('is kept as it was given, replaced whole, and read a page at a time', async () => {
    const dated = { ...price, validFrom: '2027-01-01T00:00:00.000Z', validUntil: '2027-02-01T00:00:00.000Z' };
    await admin.put('/v1/price-lists/a', { ...list, prices: [dated, price] });
    const first = await admin.get<{ items: object[]; nextCursor: string }>('/v1/price-lists/a/prices', {
      limit: 1,
    });
    expect(first.items).toEqual([price]);
    const { nextCursor: cursor } = first;
    const second = await admin.get<{ items: object[] }>('/v1/price-lists/a/prices', { limit: 1, cursor });
    expect(second.items).toEqual([dated]);
    await admin.put('/v1/price-lists/a', { ...list, prices: [] });
    expect(await admin.get('/v1/price-lists/a/prices')).toEqual({ items: [] });
  });

  test.each([
    ['an unknown SKU', { prices: [{ ...price, sku: 'NOPE' }] }, '/prices/0/sku'],
    [
      'another currency',
      { prices: [{ ...price, price: { amount: 1, currency: 'USD' } }] },
      '/prices/0/price',
    ],
    ['two prices at a time', { prices: [price, price] }, '/prices/1/sku'],
    [
      'an end before the beginning',
      { prices: [{ ...price, validFrom: '2027-01-02T00:00:00Z', validUntil: '2027-01-01T00:00:00Z' }] },
      '/prices/0/validUntil',
    ],
    ['a price below nothing', { prices: [{ ...price, price: eur(-1) }] }, '/prices/0/price/amount'],
  ])('with %s is refused', async (_what, more, pointer) => {
    const refused = await refusal(admin.put('/v1/price-lists/b', { ...list, ...more }));
    expect(refused.status).toBe(422);
    expect(pointersOf(refused)).toContain(pointer);
    expect((await refusal(admin.get('/v1/price-lists/b'))).status).toBe(404);
  });
});

describe('some prices of a list', () => {
  const price = (sku: string, amount: number, more: object = {}) => ({ sku, price: eur(amount), ...more });
  const spring = { validFrom: '2027-03-01T00:00:00.000Z' };
  const pricesOf = async (query: Record<string, string> = {}) =>
    (await admin.get<{ items: object[] }>('/v1/price-lists/some/prices', query)).items;
  const change = (body: object) => admin.post('/v1/price-lists/some/prices', body);

  beforeEach(() =>
    admin.put('/v1/price-lists/some', {
      ...{ name: 'Some', currency: 'EUR' },
      prices: [price('SHIRT', 1500), price('CAP', 700)],
    }),
  );

  test('are added, changed and taken out; the others stay', async () => {
    const body = {
      set: [price('SHIRT', 1400), price('SHIRT', 1200, spring)],
      remove: [{ sku: 'CAP' }, { sku: 'SHIRT', validFrom: '2030-01-01T00:00:00Z' }],
    };
    for (const _ of [1, 2]) await change(body);
    expect(await pricesOf()).toEqual(body.set);
    await change({ remove: [{ sku: 'SHIRT' }] });
    expect(await pricesOf()).toEqual([price('SHIRT', 1200, spring)]);
  });

  test('are found by a part of SKU or title', async () => {
    expect(await pricesOf({ q: 'red sh' })).toEqual([price('SHIRT', 1500)]);
    expect(await pricesOf({ q: 'ca' })).toEqual([price('CAP', 700)]);
    expect(await pricesOf({ q: '%' })).toEqual([]);
  });

  test.each([
    ['an unknown SKU', { set: [price('CAP', 1), price('NOPE', 1)] }, '/set/1/sku'],
    [
      'another currency',
      { set: [price('CAP', 1, { price: { amount: 1, currency: 'USD' } })] },
      '/set/0/price/currency',
    ],
    [
      'a price that is set and taken out',
      { set: [price('CAP', 1)], remove: [{ sku: 'CAP' }] },
      '/remove/0/sku',
    ],
    ['a price that is set twice', { set: [price('CAP', 1), price('CAP', 2)] }, '/set/1/sku'],
  ])('with %s are refused, and none is changed', async (_what, body, pointer) => {
    const before = await pricesOf();
    const refused = await refusal(change(body));
    expect(refused.status).toBe(422);
    expect(pointersOf(refused)).toContain(pointer);
    expect(await pricesOf()).toEqual(before);
  });

  test('of a list that is not there', async () => {
    expect((await refusal(admin.post('/v1/price-lists/none/prices', {}))).status).toBe(404);
  });
});

describe('an account', () => {
  test('is opened, found, changed, and keeps its currency', async () => {
    expect(await admin.put('/v1/accounts/lecce', terms)).toMatchObject({
      ...{ code: 'lecce', priceList: null, owed: eur(0), held: eur(0), available: eur(1000) },
    });
    const other = { ...terms, creditLimit: { amount: 5, currency: 'USD' } };
    expect(pointersOf(await refusal(admin.put('/v1/accounts/lecce', other)))).toEqual([
      '/creditLimit/currency',
    ]);
    await admin.put('/v1/accounts/lecce', { ...terms, creditLimit: eur(7) });
    const { items } = await admin.get<{ items: object[] }>('/v1/accounts', { channel: 'franchise' });
    expect(items).toMatchObject([{ code: 'lecce', creditLimit: eur(7) }]);
  });

  test.each([
    ['an unknown channel', { channel: 'nowhere' }, '/channel'],
    ['an unknown price list', { priceList: 'none' }, '/priceList'],
    ['a limit below nothing', { creditLimit: eur(-1) }, '/creditLimit/amount'],
  ])('with %s is refused', async (_what, more, pointer) => {
    expect(pointersOf(await refusal(admin.put('/v1/accounts/x', { ...terms, ...more })))).toContain(pointer);
  });

  test('of another channel is nobody’s business, nor are its prices', async () => {
    await admin.put('/v1/price-lists/own', { name: 'Own', currency: 'EUR', prices: [] });
    await admin.put('/v1/accounts/secret', { ...terms, priceList: 'own' });
    const keyHash = hashApiKey(api.deps.settings.secret, 'key-of-web');
    await api.deps.store.saveKey({ id: 'web', role: 'channel', name: 'web', keyHash, boundTo: 'web' });
    const web = createApiClient({ baseUrl: api.url, key: 'key-of-web' });
    for (const path of ['/v1/accounts/secret', '/v1/accounts/secret/entries', '/v1/price-lists/own'])
      expect((await refusal(web.get(path))).status).toBe(404);
    expect(await web.get('/v1/accounts')).toEqual({ items: [] });
  });

  test('is paid in its own currency, and each reference once', async () => {
    await admin.put('/v1/accounts/bari', terms);
    const pay = (body: object) => admin.post('/v1/accounts/bari/payments', body);
    expect(await pay({ amount: eur(300), reference: 'B' })).toMatchObject({ owed: eur(-300) });
    expect((await refusal(pay({ amount: eur(200), reference: 'B' }))).status).toBe(409);
    const foreign = await refusal(pay({ amount: { amount: 1, currency: 'USD' }, reference: 'C' }));
    expect(pointersOf(foreign)).toEqual(['/amount/currency']);
    const nobody = admin.post('/v1/accounts/nobody/payments', { amount: eur(1), reference: 'D' });
    expect((await refusal(nobody)).status).toBe(404);
  });
});
