import { createApiClient, type ApiClient } from '../../api/client';
import type { PurchaseRequest } from '../../store/purchase-request/purchase-request-view';
import { requestPurchase } from '../../store/purchase-request/request-purchase';
import type { Filter } from '../../domain/rules/types';
import { recordPlaced } from './support/fake-orders';
import { orderInput, setUp } from './support/samples';
import { expectProblem, send } from './support/send';
import { keyOf, startTestApi, type TestApi } from './support/server';

let api: TestApi;
let admin: ApiClient;
const at = '2026-11-28T10:00:00.000Z';
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
  admin = createApiClient({ baseUrl: api.url, key: keyOf('admin') });
  await admin.put('/v1/suppliers/mill', { name: 'Weaving mill', currency: 'EUR', leadTimeDays: 10 });
  await admin.put('/v1/suppliers/near', { name: 'Near', currency: 'EUR', leadTimeDays: 2 });
  await admin.put('/v1/suppliers/mill/items/SHIRT', { packSize: 6 });
});
afterAll(() => api.close());

let placed = 0;
/** An order of which the line of a SKU waits, with a request to buy it. */
async function requested(sku = 'SHIRT', filters: Filter[] = [], owner = 'ada'): Promise<PurchaseRequest> {
  api.orders.onStart = (order) => recordPlaced(api.db, order, 'confirmed');
  const channel = createApiClient({ baseUrl: api.url, key: keyOf('channel') });
  const reference = `R-${(placed += 1)}`;
  const { id } = await channel.post<{ id: string }>(
    '/v1/orders',
    orderInput({ externalReference: reference }),
    { wait: 10 },
  );
  const line = await api.db('order_lines').where({ order_id: id, sku }).first('id');
  await api.db('backorders').insert({
    ...{ order_id: id, line_id: line.id, round: 1, sku, quantity: 2, open: 2, capability: 'ship', since: at },
    terms: JSON.stringify({ filters, destination: { country: 'IT', point: null }, hasHazard: false }),
  });
  await requestPurchase(api.db, {
    ...{ orderId: id, rounds: [1], owner, answerBefore: at, office: { mail: null, url: '/' }, at },
  });
  const { items } = await admin.get<{ items: PurchaseRequest[] }>('/v1/purchase-requests', { limit: '200' });
  return items.find(({ orderId }) => orderId === id)!;
}
const refused = async (path: string, body: object, status: number) =>
  expectProblem(await send(api, { path: `/v1/purchase-requests/${path}`, body }), status);

test('is told to an owner who is a mail address, also where no office is named', async () => {
  const told = async ({ orderId }: PurchaseRequest): Promise<string[]> => {
    const mails = await api.db('outbox').where({ kind: 'mail', order_id: orderId }).select('payload');
    return mails
      .filter(({ payload }) => payload.template === 'purchaseRequested')
      .map(({ payload }) => payload.to);
  };
  expect(await told(await requested('SHIRT', [], 'giulia@shop.test'))).toEqual(['giulia@shop.test']);
  expect(await told(await requested())).toEqual([]);
});

test('a request becomes a draft once, from who sells it, as they sell it, to who may supply the line', async () => {
  const { id, suppliers } = await requested();
  expect(suppliers).toEqual([{ id: 'mill', name: 'Weaving mill', leadTimeDays: 10 }]);
  const answer = () =>
    admin.post<PurchaseRequest>(`/v1/purchase-requests/${id}/order`, {}, { idempotencyKey: 'k1' });
  const ordered = await answer();
  expect(await answer()).toEqual(ordered);
  const order = await admin.get(`/v1/purchase-orders/${ordered.purchaseOrder!.id}`);
  expect(order).toMatchObject({
    ...{ supplierId: 'mill', locationId: 'warehouse', reference: ordered.orderNumber, status: 'draft' },
    lines: [{ sku: 'SHIRT', quantity: 6 }],
  });
  // Somebody else who answers is told that it is answered.
  await refused(`${id}/order`, {}, 409);
  await refused(`${id}/refuse`, {}, 409);
  // Nor is a draft without its line, though its number is still told.
  const lines = [{ sku: 'CAP', quantity: 1, anyway: 'they may have it' }];
  const path = `/v1/purchase-orders/${ordered.purchaseOrder!.id}`;
  await send(api, { method: 'PUT', path, body: { version: 1, lines, reference: ordered.orderNumber } });
  expect(await admin.get(`/v1/purchase-requests/${id}`)).toMatchObject({ status: 'open' });
  const whole = [...lines, { sku: 'SHIRT', quantity: 6 }];
  await send(api, { method: 'PUT', path, body: { version: 2, lines: whole } });
  expect(await admin.get(`/v1/purchase-requests/${id}`)).toMatchObject({ status: 'ordered' });
  // A draft that is cancelled is no answer any more.
  await admin.post(`/v1/purchase-orders/${ordered.purchaseOrder!.id}/cancel`);
  expect(await admin.get(`/v1/purchase-requests/${id}`)).toMatchObject({ status: 'open' });
  const chosen = { supplierId: 'near', locationId: 'warehouse', quantity: 3 };
  expect(await admin.post(`/v1/purchase-requests/${id}/order`, chosen)).toMatchObject({ status: 'ordered' });
});

test('what cannot be is refused with the field at fault, and nothing is written', async () => {
  const { id } = await requested('CAP');
  const drafts = async () => Number((await api.db('purchase_orders').count('* as n').first())!.n);
  const before = await drafts();
  for (const [body, pointer] of [
    [{}, '/supplierId'],
    [{ supplierId: 'nobody' }, '/supplierId'],
    [{ supplierId: 'mill', locationId: 'moon' }, '/locationId'],
    [{ supplierId: 'mill', locationId: 'store' }, '/locationId'],
    [{ supplierId: 'mill', quantity: 0 }, '/quantity'],
    [{ supplierId: 'mill', price: 3 }, '/price'],
  ] as const) {
    const { errors } = await refused(`${id}/order`, body, 422);
    expect(errors).toMatchObject([{ pointer }]);
  }
  await refused('prq_none/order', { supplierId: 'mill' }, 404);
  await refused('prq_none/refuse', {}, 404);
  expect(await drafts()).toBe(before);
  expect(await admin.get(`/v1/purchase-requests/${id}`)).toMatchObject({ status: 'open' });
});

test('a line that no location may supply is not ordered for', async () => {
  const { id } = await requested('SHIRT', [{ locationIn: ['store'] }]);
  const { errors } = await refused(`${id}/order`, {}, 422);
  expect(errors).toMatchObject([
    { pointer: '/locationId', detail: expect.stringContaining('change the rules') },
  ]);
  expect(await admin.post(`/v1/purchase-requests/${id}/refuse`, { reason: 'no way' })).toMatchObject({
    ...{ status: 'refused', refused: { by: 'admin:admin', reason: 'no way' } },
  });
  const { items } = await admin.get<{ items: PurchaseRequest[] }>('/v1/purchase-requests', {
    ...{ status: 'open', owner: 'ada', sku: 'SHIRT' },
  });
  expect(items.map((each) => each.id)).not.toContain(id);
});

test('rules that make no sense are refused where they make none', async () => {
  const draft = (onShortage: object) =>
    send(api, {
      ...{ method: 'PUT', path: '/v1/rules/draft' },
      body: {
        ...{ name: 'x', currency: 'EUR' },
        scenarios: [
          {
            ...{ code: 'all', when: { all: [] }, decides: 'software', filters: [], scores: {} },
            ...{ allocation: { split: 'allow' }, onShortage },
          },
        ],
      },
    });
  for (const [onShortage, pointer] of [
    [{ then: 'pray' }, '/scenarios/0/onShortage/then'],
    [{ then: 'backorder', within: 'P1M' }, '/scenarios/0/onShortage/within'],
    [{ then: 'backorder', owner: 'ada' }, '/scenarios/0/onShortage/owner'],
    [{ then: 'cancel', within: 'P1D' }, '/scenarios/0/onShortage/within'],
    [{ then: 'purchaseRequest', within: 'PT0S' }, '/scenarios/0/onShortage/within'],
  ] as const) {
    const { errors } = await expectProblem(await draft(onShortage), 422);
    expect(errors).toMatchObject([{ pointer }]);
  }
});
