import { createApiClient, type ApiClient } from '../../api/client';
import { orderInput, setUp } from './support/samples';
import { keyOf, startTestApi, type TestApi } from './support/server';

let api: TestApi;
let channel: ApiClient;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
  channel = createApiClient({ baseUrl: api.url, key: keyOf('channel') });
  const receipt = (sku: string, locationId: string) => ({ sku, locationId, type: 'receipt', quantity: 5 });
  await createApiClient({ baseUrl: api.url, key: keyOf('warehouse') }).post('/v1/stock/movements', {
    movements: [receipt('SHIRT', 'warehouse'), receipt('CAP', 'warehouse'), receipt('SHIRT', 'store')],
  });
});
afterAll(() => api.close());

interface Reservation {
  id: string;
  status: string;
  expiresAt: string;
  pieces: object[];
}
const wanted = (more: object = {}) => ({
  channel: 'web',
  lines: [
    { sku: 'SHIRT', quantity: 2 },
    { sku: 'CAP', quantity: 1 },
  ],
  ...more,
});
const hold = (more: object = {}, idempotencyKey?: string) =>
  channel.post<Reservation>('/v1/reservations', wanted(more), { idempotencyKey });
const availableOf = async (sku: string) =>
  (await channel.get<{ items: { available: number }[] }>('/v1/availability', { sku })).items[0]!.available;

async function refusal(path: string, sent: object) {
  const answer = await fetch(api.url + path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${keyOf('channel')}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(sent),
  });
  return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) };
}

describe('reservations', () => {
  it('hold pieces for a cart, once, until they are released', async () => {
    const before = await availableOf('SHIRT');
    const held = await hold({ id: 'cart-1', country: 'IT' }, 'a');
    expect(held).toMatchObject({
      ...{
        id: 'cart-1',
        status: 'held',
        allowedActions: ['extend', 'release'],
        createdBy: 'channel:channel',
      },
      pieces: [
        { sku: 'CAP', locationId: 'warehouse', quantity: 1 },
        { sku: 'SHIRT', locationId: 'warehouse', quantity: 2 },
      ],
    });
    expect(await hold({ id: 'cart-1', country: 'IT' }, 'b')).toEqual(held);
    expect(await availableOf('SHIRT')).toBe(before - 2);
    expect(await refusal('/v1/reservations', wanted({ id: 'cart-1' }))).toMatchObject({ status: 409 });

    const longer = await channel.post<Reservation>('/v1/reservations/cart-1/extend', { ttl: 'PT50M' });
    expect(Date.parse(longer.expiresAt)).toBeGreaterThan(Date.parse(held.expiresAt));
    const shorter = await channel.post<Reservation>('/v1/reservations/cart-1/extend', { ttl: 'PT1M' });
    expect(shorter.expiresAt).toBe(longer.expiresAt);

    const release = () => channel.post('/v1/reservations/cart-1/release');
    expect(await release()).toMatchObject({ status: 'released', allowedActions: [] });
    expect(await release()).toMatchObject({ status: 'released' });
    expect(await availableOf('SHIRT')).toBe(before);
    expect(await refusal('/v1/reservations/cart-1/extend', {})).toMatchObject({ status: 409, allowed: [] });
  });

  it('are refused as a whole with what there is of each SKU', async () => {
    const lines = [
      { sku: 'SHIRT', quantity: 99 },
      { sku: 'CAP', quantity: 1 },
    ];
    const before = await availableOf('CAP');
    expect(await refusal('/v1/reservations', wanted({ lines }))).toMatchObject({
      ...{ status: 409, type: 'urn:ordito:problem:out-of-stock' },
      errors: [{ pointer: '/lines/0/quantity', detail: expect.stringMatching(/^Only \d+ of "SHIRT"/) }],
    });
    expect(await availableOf('CAP')).toBe(before);
  });

  it('are held at the store at which the customer collects', async () => {
    const lines = [{ sku: 'SHIRT', quantity: 1 }];
    const { id, pieces } = await hold({ lines, locationId: 'store' });
    expect(pieces).toEqual([{ sku: 'SHIRT', locationId: 'store', quantity: 1 }]);
    await channel.post(`/v1/reservations/${id}/release`);
  });

  it('say what is wrong and where', async () => {
    const body = wanted({
      lines: [{ sku: 'NOPE', quantity: 1 }],
      channel: 'nowhere',
      locationId: 'warehouse',
    });
    expect(await refusal('/v1/reservations', body)).toMatchObject({
      status: 422,
      errors: [{ pointer: '/channel' }, { pointer: '/locationId' }, { pointer: '/lines/0/sku' }],
    });
    expect(await refusal('/v1/reservations', wanted({ ttl: 'P1D' }))).toMatchObject({
      status: 422,
      errors: [{ pointer: '/ttl', detail: expect.stringContaining('PT1H') }],
    });
    expect(await refusal('/v1/reservations/none/release', {})).toMatchObject({ status: 404 });
  });

  it('are named by orders', async () => {
    await channel.post('/v1/orders', orderInput({ reservationId: 'cart-9' }));
    expect([...api.orders.started.values()].at(-1)).toMatchObject({ reservationId: 'cart-9' });
  });
});

test('go by the rules in force, as far as they can be asked of a cart', async () => {
  const admin = createApiClient({ baseUrl: api.url, key: keyOf('admin') });
  const publish = async (filters: object[]) => {
    const scenario = {
      ...{ code: 'all', when: { all: [] }, decides: 'software', filters, scores: {} },
      ...{ allocation: { split: 'allow' }, onShortage: { then: 'backorder' } },
    };
    await admin.put('/v1/rules/draft', { name: 'carts', currency: 'EUR', scenarios: [scenario] });
    await admin.post('/v1/rules/publish', { note: JSON.stringify(filters) });
  };
  const cart = { lines: [{ sku: 'SHIRT', quantity: 1 }], country: 'IT' };
  // Nobody knows how far a cart will go.
  await publish([{ maxDistanceKm: 1 }]);
  expect((await hold({ ...cart, id: 'far' })).pieces).toMatchObject([{ locationId: 'warehouse' }]);
  await publish([{ locationNotIn: ['warehouse'] }]);
  expect(await refusal('/v1/reservations', wanted({ ...cart, id: 'none' }))).toMatchObject({ status: 409 });
  // A channel that names its strategy goes by that.
  await admin.put('/v1/channels/web', {
    ...{ type: 'webShop', name: 'Web shop', settings: { strategy: 'fewestSplitsThenNearest' } },
  });
  expect((await hold({ ...cart, id: 'own' })).pieces).toMatchObject([{ locationId: 'warehouse' }]);
});
