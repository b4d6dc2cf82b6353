import { createApiClient, type ApiClient } from '../../api/client';
import { reorder } from '../../relay/replenish';
import { createStore } from '../../store';
import type { PurchaseOrderView } from '../../store/purchasing/purchase-order-view';
import { eur, setUp } from './support/samples';
import { expectProblem, send } from './support/send';
import { keyOf, startTestApi, type TestApi } from './support/server';

let api: TestApi;
let admin: ApiClient;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
  admin = createApiClient({ baseUrl: api.url, key: keyOf('admin') });
  await admin.put('/v1/suppliers/mill', { name: 'Mill', currency: 'EUR', leadTimeDays: 5 });
  await admin.put('/v1/suppliers/mill/items/SHIRT', { cost: eur(700), packSize: 6, minimumQuantity: 12 });
  await admin.put('/v1/suppliers/mill/items/CAP', {});
});
afterAll(() => api.close());

const draft = () =>
  admin.post<PurchaseOrderView>('/v1/purchase-orders', {
    ...{ supplierId: 'mill', locationId: 'warehouse', reference: 'SPRING' },
    lines: [
      { sku: 'SHIRT', quantity: 12 },
      { sku: 'CAP', quantity: 5, unitCost: eur(300) },
    ],
  });
const edit = (id: string, body: object, headers: Record<string, string> = {}) =>
  send(api, { method: 'PUT', path: `/v1/purchase-orders/${id}`, body, headers });
const edited = async (id: string, body: object): Promise<PurchaseOrderView> => {
  const answer = await edit(id, body);
  expect(answer.status).toBe(200);
  return (await answer.json()) as PurchaseOrderView;
};
const find = (id: string) => admin.get<PurchaseOrderView>(`/v1/purchase-orders/${id}`);

test('a draft is changed as a whole, and its story tells what', async () => {
  const { id, version } = await draft();
  expect(version).toBe(1);
  const after = await edited(id, {
    version,
    lines: [
      { sku: 'CAP', quantity: 7 },
      { sku: 'SHIRT', quantity: 18, unitCost: eur(650) },
    ],
    expectedAt: '2037-05-01T08:00:00Z',
  });
  expect(after).toMatchObject({
    ...{ version: 2, status: 'draft', reference: null, expectedAt: '2037-05-01T08:00:00.000Z' },
    // A cost that is not named stays.
    total: eur(7 * 300 + 18 * 650),
    lines: [
      { sku: 'CAP', quantity: 7, unitCost: eur(300) },
      { sku: 'SHIRT', quantity: 18, unitCost: eur(650) },
    ],
    allowedActions: ['edit', 'send', 'cancel'],
  });
  expect(after.events.at(-1)).toMatchObject({
    type: 'edited',
    data: {
      changes: [
        { what: 'quantity', sku: 'CAP', from: 5, to: 7 },
        { what: 'quantity', sku: 'SHIRT', from: 12, to: 18 },
        { what: 'cost', sku: 'SHIRT' },
        { what: 'expectedAt' },
        { what: 'reference' },
      ],
    },
  });
  const sent = await admin.post<PurchaseOrderView>(`/v1/purchase-orders/${id}/send`);
  expect(sent).toMatchObject({ open: 25, expectedAt: '2037-05-01T08:00:00.000Z' });
});

test('of two people who saw the same version one is told that the other was quicker', async () => {
  const { id } = await draft();
  const ask = (quantity: number) => edit(id, { version: 1, lines: [{ sku: 'SHIRT', quantity }] });
  const answers = await Promise.all([ask(18), ask(24)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const refused = answers.find(({ status }) => status === 409)!;
  expect((await expectProblem(refused, 409)).detail).toContain('look at it again');
  const { version, lines, events } = await find(id);
  expect(version).toBe(2);
  expect(lines).toHaveLength(1);
  expect(events.filter(({ type }) => type === 'edited')).toHaveLength(1);
});

test('asked twice it is changed once, also when the first answer was lost', async () => {
  const { id } = await draft();
  const body = { version: 1, lines: [{ sku: 'SHIRT', quantity: 18 }], reference: 'SPRING' };
  const key = { 'Idempotency-Key': 'draft-once' };
  for (const _ of [1, 2]) expect((await edit(id, body, key)).status).toBe(200);
  // Without a key: what is asked for is so already.
  expect((await edit(id, body)).status).toBe(200);
  const command = {
    ...{ purchaseOrderId: id, actor: 'test', at: new Date().toISOString(), expectedAt: null },
    ...{ version: 2, reference: 'SPRING', lines: [{ sku: 'SHIRT', quantity: 24 }] },
  };
  const ask = () => api.deps.store.editPurchaseOrder({ ...command, key: 'lost' });
  await ask();
  // Somebody else has changed it since: the repeated command must not undo that.
  await edited(id, { version: 3, lines: [{ sku: 'SHIRT', quantity: 12 }] });
  expect((await ask()).outcome).toBe('done');
  const after = await find(id);
  expect(after).toMatchObject({ version: 4, lines: [{ quantity: 12 }] });
  expect(after.events.filter(({ type }) => type === 'edited')).toHaveLength(3);
});

test.each([
  ['a pack that is broken', [{ sku: 'SHIRT', quantity: 13 }], '/lines/0/quantity', 'order 12 or 18'],
  ['less than the minimum', [{ sku: 'SHIRT', quantity: 6 }], '/lines/0/quantity', 'at least 12: order 12'],
  ['an unknown SKU', [{ sku: 'NOPE', quantity: 1 }], '/lines/0/sku', 'No product'],
  [
    'a SKU twice',
    [
      { sku: 'CAP', quantity: 1 },
      { sku: 'CAP', quantity: 2 },
    ],
    '/lines/1/sku',
    'stands in a line above',
  ],
  [
    'another currency',
    [{ sku: 'CAP', quantity: 1, unitCost: { amount: 1, currency: 'USD' } }],
    '/lines/0/unitCost/currency',
    'paid in EUR',
  ],
  ['no pieces', [{ sku: 'CAP', quantity: 0 }], '/lines/0/quantity', ''],
  ['nothing', [], '/lines', ''],
])('%s is refused, and the draft stays as it was', async (_what, lines, pointer, detail) => {
  const before = await draft();
  const { errors } = await expectProblem(await edit(before.id, { version: 1, lines }), 422);
  expect(errors).toMatchObject([{ pointer, detail: expect.stringContaining(detail) }]);
  expect(await find(before.id)).toEqual(before);
});

describe('a quantity that the supplier does not sell', () => {
  const create = (lines: object[], headers: Record<string, string> = {}) =>
    send(api, {
      ...{ method: 'POST', path: '/v1/purchase-orders', headers },
      body: { supplierId: 'mill', locationId: 'warehouse', lines },
    });
  const count = async () => (await admin.get<{ items: unknown[] }>('/v1/purchase-orders')).items.length;

  test('is refused in a new draft, with the line at fault and what is sold next to it', async () => {
    const before = await count();
    const cap = { sku: 'CAP', quantity: 5 };
    const { errors } = await expectProblem(await create([cap, { sku: 'SHIRT', quantity: 13 }]), 422);
    expect(errors).toMatchObject([{ pointer: '/lines/1/quantity', nearest: { below: 12, above: 18 } }]);
    const tooFew = await expectProblem(await create([{ sku: 'SHIRT', quantity: 5 }]), 422);
    expect(tooFew.errors).toMatchObject([{ pointer: '/lines/0/quantity', nearest: { above: 12 } }]);
    expect(tooFew.errors).not.toMatchObject([{ nearest: { below: expect.anything() } }]);
    expect(await count()).toBe(before);
  });

  test('is ordered with a reason, that stays with the line and in its story', async () => {
    const anyway = 'Agreed by phone: the rest of the last roll';
    const made = await create([
      { sku: 'SHIRT', quantity: 13, anyway },
      { sku: 'CAP', quantity: 5, anyway: 'not needed' },
    ]);
    expect(made.status).toBe(201);
    const order = (await made.json()) as PurchaseOrderView;
    expect(order.lines).toMatchObject([{ anyway }, { anyway: null }]);
    expect(order.events).toMatchObject([
      { type: 'created', data: { anyway: [{ sku: 'SHIRT', quantity: 13, because: anyway }] } },
    ]);
    const lines = [{ sku: 'SHIRT', quantity: 13 }];
    expect((await edited(order.id, { version: 1, lines })).lines).toMatchObject([{ quantity: 13, anyway }]);
    const more = { version: 2, lines: [{ sku: 'SHIRT', quantity: 14 }] };
    await expectProblem(await edit(order.id, more), 422);
    const because = { version: 2, lines: [{ sku: 'SHIRT', quantity: 14, anyway: 'One for the window' }] };
    const after = await edited(order.id, because);
    expect(after.lines).toMatchObject([{ quantity: 14, anyway: 'One for the window' }]);
    expect(after.events.at(-1)!.data).toEqual({
      changes: [
        { what: 'quantity', sku: 'SHIRT', from: 13, to: 14 },
        { what: 'anyway', sku: 'SHIRT', because: 'One for the window' },
      ],
    });
    const fitting = await edited(order.id, { version: 3, lines: [{ sku: 'SHIRT', quantity: 18 }] });
    expect(fitting.lines).toMatchObject([{ quantity: 18, anyway: null }]);
  });

  test('is written once, also when the answer was lost and the terms are others by now', async () => {
    const command = {
      ...{ key: 'create-lost', supplierId: 'mill', locationId: 'warehouse', actor: 'test' },
      ...{ lines: [{ sku: 'SHIRT', quantity: 12 }], at: new Date().toISOString() },
    };
    const first = await api.deps.store.createPurchaseOrder(command);
    await admin.put('/v1/suppliers/mill/items/SHIRT', { cost: eur(700), packSize: 5 });
    expect(await api.deps.store.createPurchaseOrder(command)).toEqual(first);
    await admin.put('/v1/suppliers/mill/items/SHIRT', { cost: eur(700), packSize: 6, minimumQuantity: 12 });
  });
});

test('a line that is left as it is need not fit: somebody decided so before', async () => {
  const { id } = await admin.post<PurchaseOrderView>('/v1/purchase-orders', {
    ...{ supplierId: 'mill', locationId: 'warehouse' },
    lines: [{ sku: 'SHIRT', quantity: 1, anyway: 'a sample' }],
  });
  const lines = [
    { sku: 'SHIRT', quantity: 1 },
    { sku: 'CAP', quantity: 4 },
  ];
  expect((await edited(id, { version: 1, lines })).lines).toHaveLength(2);
});

test('what the supplier does not list is refused, new or added, unless somebody says why', async () => {
  await admin.put('/v1/products/UNLISTED', { title: 'Unlisted' });
  const lines = [
    { sku: 'CAP', quantity: 1 },
    { sku: 'UNLISTED', quantity: 2 },
  ];
  const asked = { supplierId: 'mill', locationId: 'warehouse', lines };
  const refused = await send(api, { path: '/v1/purchase-orders', body: asked });
  const { errors } = await expectProblem(refused, 422);
  expect(errors).toMatchObject([
    { pointer: '/lines/1/sku', detail: expect.stringContaining('does not list "UNLISTED"'), anyway: true },
  ]);
  const { id } = await draft();
  await expectProblem(await edit(id, { version: 1, lines }), 422);

  const why = [lines[0], { ...lines[1], anyway: 'ordered by telephone' }];
  const after = await edited(id, { version: 1, lines: why });
  expect(after.lines[1]).toMatchObject({ sku: 'UNLISTED', anyway: 'ordered by telephone' });
  const more = await edited(id, { version: 2, lines: [{ sku: 'UNLISTED', quantity: 5 }] });
  expect(more.lines).toMatchObject([{ quantity: 5, anyway: 'ordered by telephone' }]);
});

test('of a supplier that lists nothing nobody knows what it sells: anything is ordered', async () => {
  await admin.put('/v1/suppliers/market', { name: 'Market', currency: 'EUR', leadTimeDays: 1 });
  const asked = { supplierId: 'market', locationId: 'warehouse', lines: [{ sku: 'CAP', quantity: 3 }] };
  await admin.post('/v1/purchase-orders', asked);
});

test('what was sent or cancelled is not changed', async () => {
  for (const action of ['send', 'cancel']) {
    const { id } = await draft();
    const before = await admin.post<PurchaseOrderView>(`/v1/purchase-orders/${id}/${action}`);
    const body = { version: 1, lines: [{ sku: 'SHIRT', quantity: 18 }] };
    const { detail } = await expectProblem(await edit(id, body), 409);
    expect(detail).toContain('cannot be asked to edit');
    expect(await find(id)).toEqual(before);
  }
  await expectProblem(await edit('pur_none', { version: 1, lines: [{ sku: 'CAP', quantity: 1 }] }), 404);
});

test('sending and changing at the same instant: what was sent is what was mailed', async () => {
  const { id } = await draft();
  const [, changed] = await Promise.all([
    admin.post(`/v1/purchase-orders/${id}/send`),
    edit(id, { version: 1, lines: [{ sku: 'SHIRT', quantity: 18 }] }),
  ]);
  const { content } = await api.db('purchase_orders').where({ id }).first('content');
  const lines = await api.db('purchase_order_lines').where('purchase_order_id', id).orderBy('position');
  expect(content.lines.map(({ quantity }: { quantity: number }) => quantity)).toEqual(
    lines.map(({ quantity }) => quantity),
  );
  expect(lines.map(({ quantity }) => quantity)).toEqual(changed.status === 200 ? [18] : [12, 5]);
  const supply = await api.db('incoming_supply').where('purchase_order_id', id).sum('quantity as n');
  expect(Number(supply[0]!.n)).toBe(changed.status === 200 ? 18 : 17);
});

describe('a draft that low stock wrote', () => {
  const look = () =>
    reorder({ store: createStore(api.db), office: null, now: () => new Date(), onError: () => undefined });
  const openProposals = async () =>
    (await admin.get<{ items: { sku: string }[] }>('/v1/reorder-proposals', { open: 'true' })).items.map(
      ({ sku }) => sku,
    );

  test('has another version when a line is added to it, and forgets a proposal whose line is taken out', async () => {
    await admin.put('/v1/suppliers/kiln', { name: 'Kiln', currency: 'EUR', leadTimeDays: 5 });
    const runLow = async (sku: string) => {
      await admin.put(`/v1/products/${sku}`, { title: sku });
      await admin.put(`/v1/suppliers/kiln/items/${sku}`, {});
      const levels = { mode: 'propose', point: 4, target: 12 };
      await admin.put(`/v1/reorder-points/warehouse/${sku}`, levels);
      await look();
    };
    await runLow('LOW-1');
    const { items } = await admin.get<{ items: PurchaseOrderView[] }>('/v1/purchase-orders', {
      supplierId: 'kiln',
    });
    const [{ id }] = items as [PurchaseOrderView];
    const { version } = await find(id);
    await runLow('LOW-2');
    // Who saw the draft before would take out what was added since.
    const lines = [{ sku: 'LOW-1', quantity: 30 }];
    await expectProblem(await edit(id, { version, lines }), 409);
    expect((await openProposals()).sort()).toEqual(['LOW-1', 'LOW-2']);
    const now = await find(id);
    expect(now.version).toBe(version + 1);
    await edited(id, { version: now.version, lines });
    expect(await openProposals()).toEqual(['LOW-1']);
  });
});
