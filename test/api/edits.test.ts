import { createApiClient, type ApiClient } from '../../api/client';
import { hashApiKey } from '../../api/key-hash';
import { address, eur, orderInput, setUp } from './support/samples';
import { recordPlaced } from './support/fake-orders';
import { keyOf, startTestApi, type TestApi } from './support/server';

let api: TestApi;
let support: ApiClient;
let id: string;
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Answer = any;

beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
  api.orders.onStart = (order) => recordPlaced(api.db, order, 'confirmed');
  support = createApiClient({ baseUrl: api.url, key: keyOf('support') });
  const channel = createApiClient({ baseUrl: api.url, key: keyOf('channel') });
  ({ id } = await channel.post<{ id: string }>('/v1/orders', orderInput(), { wait: 10 }));
});
afterAll(() => api?.close());

const edits = (): string => `/v1/orders/${id}/edits`;
const lineOf = async (at: number): Promise<string> =>
  (await support.get<Answer>(`/v1/orders/${id}`)).lines[at].id;

it('hands the edit to the order, completed by what is known of its products', async () => {
  const lineId = await lineOf(0);
  const body = { reason: 'wish', lines: [{ lineId, quantity: 2 }], add: [{ sku: 'CAP', quantity: 1 }] };
  await support.post(edits(), body, { idempotencyKey: 'edit-1' });
  expect(api.orders.asked.at(-1)).toMatchObject({
    action: 'edit',
    request: {
      key: expect.stringContaining('edit-1'),
      reason: 'wish',
      edit: {
        lines: [{ lineId, quantity: 2 }],
        add: [
          { sku: 'CAP', title: 'Cap', quantity: 1, unitPrice: eur(1000), taxRateBps: 1000, discount: eur(0) },
        ],
      },
    },
  });
});

it('tells what it would do and touches nothing', async () => {
  const before = await support.get<Answer>(`/v1/orders/${id}`);
  const asked = api.orders.asked.length;
  const preview = await support.post<Answer>(`${edits()}/preview`, {
    lines: [{ lineId: before.lines[1].id, quantity: 1 }],
  });
  expect(preview).toMatchObject({
    version: 1,
    changes: [{ what: 'quantity', sku: 'CAP', from: 2, to: 1 }],
    before: eur(4500),
    total: eur(3500),
    difference: eur(-1000),
    money: { authorize: null, tenders: [{ method: 'card', amount: eur(3500) }] },
  });
  expect(await support.get<Answer>(`/v1/orders/${id}`)).toEqual(before);
  expect(api.orders.asked).toHaveLength(asked);
});

it('hands on what more is to be paid with, and tells who would be asked', async () => {
  const tender = { method: 'card', token: 'tok_other' };
  await support.post(edits(), { ...express, tender });
  expect(api.orders.asked.at(-1)!.request).toMatchObject({
    edit: { tender: { method: 'card', token: 'tok_other', instalments: null } },
  });
  const asked = (named: object) => support.post<Answer>(`${edits()}/preview`, { ...express, ...named });
  // Its card was not asked for anything yet, and is raised.
  expect((await asked({})).money).toMatchObject({ authorize: null, isAwaited: false });
  expect((await asked({ tender: { method: 'bankTransfer' } })).money).toMatchObject({
    ...{ authorize: { method: 'bankTransfer', amount: eur(400) }, isAwaited: true },
    tenders: [
      { method: 'card', amount: eur(4500) },
      { method: 'bankTransfer', amount: eur(400) },
    ],
  });
  await expect(
    asked({ shipping: { method: 'slow', price: eur(100) }, tender: { method: 'card', token: 'tok_ok' } }),
  ).rejects.toMatchObject({ status: 422, problem: { errors: [{ pointer: '/tender' }] } });
});

it('takes back what waits for its money, where something does', async () => {
  expect(await support.post<Answer>(`${edits()}/withdraw`)).toMatchObject({ id, awaitedEdit: null });
  expect(api.orders.asked.at(-1)).toMatchObject({ action: 'withdrawEdit' });
  api.orders.answer = { outcome: 'notAllowed', because: 'No change waits', allowed: ['edit'] };
  await expect(support.post(`${edits()}/withdraw`)).rejects.toMatchObject({
    status: 409,
    problem: { detail: 'No change waits' },
  });
  api.orders.answer = { outcome: 'done' };
});

it('lets a store change what it sold, and nothing else', async () => {
  const keyHash = hashApiKey(api.deps.settings.secret, 'key-of-milano');
  const key = { id: 'milano', role: 'store', name: 'milano', keyHash, boundTo: 'store' } as const;
  await api.deps.store.saveKey(key);
  const store = createApiClient({ baseUrl: api.url, key: 'key-of-milano' });
  const body = { lines: [{ lineId: await lineOf(0), quantity: 3 }] };
  for (const path of ['', '/preview', '/withdraw'])
    await expect(
      store.post(`${edits()}${path}`, path === '/withdraw' ? undefined : body),
    ).rejects.toMatchObject({
      status: 403,
    });
});

it('reads an order that nobody changed as its only version', async () => {
  expect(await support.get<Answer>(`/v1/orders/${id}/versions`)).toMatchObject({
    items: [{ version: 1, changes: [], actor: 'channel:web', order: { total: eur(4500) } }],
  });
  await expect(support.get('/v1/orders/ord_nobody/versions')).rejects.toMatchObject({ status: 404 });
});

const aunt = { id: 'aunt', shippingAddress: { ...address, name: 'Zia Pina' } };

it('hands on where lines are to go, and tells what it would do to each place', async () => {
  const lineId = await lineOf(1);
  const body = {
    ...{ move: [{ lineId, destination: 'aunt', quantity: 1 }], destinations: [aunt] },
    add: [{ sku: 'CAP', quantity: 1, destination: 'aunt' }],
  };
  await support.post(edits(), body);
  expect(api.orders.asked.at(-1)!.request).toMatchObject({
    edit: {
      ...{ move: body.move, destinations: [aunt] },
      add: [{ sku: 'CAP', title: 'Cap', destination: 'aunt' }],
    },
  });
  expect(await support.post<Answer>(`${edits()}/preview`, body)).toMatchObject({
    difference: eur(1000),
    changes: [
      { what: 'added', sku: 'CAP', quantity: 1 },
      { what: 'moved', lineId, sku: 'CAP', quantity: 1, destination: 'aunt' },
      { what: 'destinationAdded', destination: 'aunt' },
    ],
  });
});

const express = { shipping: { method: 'express', price: eur(900) } };

describe.each(['', '/preview'])('what cannot be (%s)', (path) => {
  it.each<[string, object | (() => Promise<object>), string]>([
    ['changes nothing', {}, ''],
    ['only gives a reason', { reason: 'why not' }, ''],
    ['adds what is not sold', { add: [{ sku: 'MOON', quantity: 1, unitPrice: eur(1) }] }, '/add/0/sku'],
    ['adds less than a piece', { add: [{ sku: 'CAP', quantity: 0 }] }, '/add/0/quantity'],
    ['sends it nowhere', { shippingAddress: { ...address, country: 'XX' } }, '/shippingAddress/country'],
    [
      'collects at a warehouse',
      { delivery: { mode: 'pickup', locationId: 'warehouse' } },
      '/delivery/locationId',
    ],
    ['collects on the moon', { delivery: { mode: 'pickup', locationId: 'moon' } }, '/delivery/locationId'],
    ['carries it out', { delivery: { mode: 'carryOut', locationId: 'store' } }, '/delivery/mode'],
    [
      'collects a part at a warehouse',
      { destinations: [{ id: 'me', delivery: { mode: 'pickup', locationId: 'warehouse' } }] },
      '/destinations/0/delivery/locationId',
    ],
    [
      'carries a part out',
      { destinations: [{ id: 'me', delivery: { mode: 'carryOut', locationId: 'store' } }] },
      '/destinations/0/delivery/mode',
    ],
    [
      'sends a part to a place of ours',
      { destinations: [{ id: 'me', delivery: { mode: 'ship', toLocationId: 'store' } }] },
      '/destinations/0/delivery/toLocationId',
    ],
    [
      'sends all of it to a place of ours',
      { delivery: { mode: 'ship', toLocationId: 'store' } },
      '/delivery/toLocationId',
    ],
    ['moves no piece', { move: [{ lineId: 'x', destination: null, quantity: 0 }] }, '/move/0/quantity'],
    ['moves a line to nowhere', { move: [{ lineId: 'x' }] }, '/move/0/destination'],
    ['has half a piece', { lines: [{ lineId: 'x', quantity: 0.5 }] }, '/lines/0/quantity'],
    ['knows other fields', { colour: 'red' }, '/colour'],
    ['is paid by nothing known', { ...express, tender: { method: 'shells' } }, '/tender/method'],
    ['is paid at a till without its receipt', { ...express, tender: { method: 'till' } }, '/tender/token'],
    ['is paid with a card without a code', { ...express, tender: { method: 'giftCard' } }, '/tender/token'],
    [
      'is paid in cash by card',
      { ...express, tender: { method: 'card', token: 'tok_ok', paidBy: 'cash' } },
      '/tender/paidBy',
    ],
    [
      'is paid on an account that there is not',
      { ...express, tender: { method: 'onAccount' } },
      '/tender/method',
    ],
  ])('%s', async (_, body, pointer) => {
    await expect(support.post(`${edits()}${path}`, body)).rejects.toMatchObject({
      status: 422,
      problem: { errors: expect.arrayContaining([expect.objectContaining({ pointer })]) },
    });
  });
});

it('refuses in the preview what the order would refuse', async () => {
  const lineId = await lineOf(0);
  const ask = (body: object) => support.post(`${edits()}/preview`, body);
  await expect(ask({ lines: [{ lineId: 'nobody', quantity: 1 }] })).rejects.toMatchObject({
    status: 422,
    problem: { errors: [{ pointer: '/lines/0/lineId' }] },
  });
  await expect(ask({ move: [{ lineId, destination: 'moon' }] })).rejects.toMatchObject({
    status: 422,
    problem: { errors: [{ pointer: '/move/0/destination' }] },
  });
  await expect(ask({ destinations: [aunt] })).rejects.toMatchObject({
    status: 422,
    problem: { errors: [{ pointer: '/destinations/0/id', detail: 'No line goes to "aunt"' }] },
  });
  await expect(ask({ version: 7, lines: [{ lineId, quantity: 9 }] })).rejects.toMatchObject({ status: 409 });
  const all = await support.get<Answer>(`/v1/orders/${id}`);
  const none = all.lines.map((line: Answer) => ({ lineId: line.id, quantity: 0 }));
  await expect(ask({ lines: none })).rejects.toMatchObject({ status: 422 });
  await expect(
    ask({ shipping: { method: 'express', price: { amount: 1, currency: 'USD' } } }),
  ).rejects.toMatchObject({
    problem: { errors: [{ pointer: '/shipping/price/currency' }] },
  });
});

it.each([
  [{ outcome: 'declined', message: 'card declined' }, 409],
  [{ outcome: 'notAllowed', because: 'packed', allowed: ['cancel'] }, 409],
  [{ outcome: 'invalid', problems: [{ pointer: '/lines/0', detail: 'x' }] }, 422],
])('passes on that the order refused it: %j', async (answer, status) => {
  const lineId = await lineOf(0);
  api.orders.answer = answer as never;
  await expect(support.post(edits(), { lines: [{ lineId, quantity: 3 }] })).rejects.toMatchObject({ status });
  api.orders.answer = { outcome: 'done' };
});
