import { createApiClient, type ApiClient } from '../../api/client';
import type { MailRequest } from '../../domain/mails';
import { localTime } from '../../domain/time/local-time';
import type { PurchaseOrderView } from '../../store/purchasing/purchase-order-view';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { eur, setUp } from './support/samples';
import { expectProblem, send } from './support/send';
import { keyOf, startTestApi, type TestApi } from './support/server';

let api: TestApi;
let admin: ApiClient;
let warehouse: ApiClient;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
  admin = createApiClient({ baseUrl: api.url, key: keyOf('admin') });
  warehouse = createApiClient({ baseUrl: api.url, key: keyOf('warehouse') });
  await admin.put('/v1/suppliers/mill', {
    name: 'Weaving mill',
    email: 'orders@mill.test',
    currency: 'EUR',
    leadTimeDays: 10,
  });
  await admin.put('/v1/suppliers/mill/items/SHIRT', { supplierSku: 'M-1', cost: eur(700), packSize: 6 });
});
afterAll(async () => {
  expect(await findStockDifferences(api.db)).toEqual([]);
  await api.close();
});

const place = (lines: object[], more: object = {}) =>
  admin.post<PurchaseOrderView>('/v1/purchase-orders', {
    ...{ supplierId: 'mill', locationId: 'warehouse', lines },
    ...more,
  });
const act = (id: string, action: string, body: object = {}, idempotencyKey?: string) =>
  admin.post<PurchaseOrderView>(`/v1/purchase-orders/${id}/${action}`, body, { idempotencyKey });
const refused = async (id: string, action: string, body: object, status: number) =>
  expectProblem(await send(api, { path: `/v1/purchase-orders/${id}/${action}`, body }), status);
const stockOf = async (sku: string) => {
  const { items } = await warehouse.get<{ items: Record<string, number>[] }>('/v1/stock', { sku });
  return items.find((level) => (level.locationId as unknown) === 'warehouse')!;
};
let products = 0;
async function freshSku(): Promise<string> {
  const sku = `BOUGHT-${++products}`;
  await admin.put(`/v1/products/${sku}`, { title: sku });
  await admin.put(`/v1/suppliers/mill/items/${sku}`, {});
  return sku;
}
async function sent(quantity: number): Promise<{ id: string; sku: string; number: string }> {
  const sku = await freshSku();
  const { id, number } = await place([{ sku, quantity }]);
  await act(id, 'send');
  return { id, sku, number };
}

describe('suppliers', () => {
  it('are kept with what they sell', async () => {
    expect(await admin.get('/v1/suppliers/mill')).toEqual({
      id: 'mill',
      name: 'Weaving mill',
      email: 'orders@mill.test',
      locale: 'en',
      locationId: null,
      currency: 'EUR',
      leadTimeDays: 10,
      overPercent: 10,
    });
    expect(await admin.get('/v1/suppliers/mill/items')).toEqual({
      items: [
        {
          ...{ sku: 'SHIRT', title: 'Red shirt', supplierSku: 'M-1', cost: eur(700) },
          ...{ packSize: 6, minimumQuantity: 1 },
        },
      ],
    });
    expect((await admin.get<{ items: unknown[] }>('/v1/suppliers')).items).toHaveLength(1);
  });

  it('that work on some days deliver on one of them', async () => {
    const day = { open: '08:00', close: '17:00' };
    const calendar = { timeZone: 'Europe/Rome', weekdays: { tue: day } };
    const terms = { name: 'Slow mill', currency: 'EUR', leadTimeDays: 2, calendar };
    expect(await admin.put('/v1/suppliers/slow', terms)).toMatchObject({ calendar });
    expect(await admin.get('/v1/suppliers/slow')).toMatchObject({ calendar });
    const sku = await freshSku();
    const { id } = await place([{ sku, quantity: 1 }], { supplierId: 'slow' });
    const { expectedAt } = await act(id, 'send');
    const days = (Date.parse(expectedAt!) - Date.now()) / 86_400_000;
    expect(localTime(expectedAt!, 'Europe/Rome').weekday).toBe(2);
    expect(days).toBeGreaterThan(13);
    expect(days).toBeLessThan(22);
    await act(id, 'cancel', { reason: 'a test' });
    const wrong = { ...terms, calendar: { ...calendar, timeZone: 'Mars/Olympus' } };
    await expect(admin.put('/v1/suppliers/slow', wrong)).rejects.toMatchObject({
      problem: { errors: [{ pointer: '/calendar/timeZone' }] },
    });
    await admin.put('/v1/suppliers/slow', { ...terms, calendar: undefined });
    expect(await admin.get('/v1/suppliers/slow')).not.toHaveProperty('calendar');
  });

  it('are asked for nothing by a day that is over', async () => {
    const lines = [{ sku: 'SHIRT', quantity: 6 }];
    const over = { lines, expectedAt: '2020-01-01T00:00:00Z' };
    const refused = async (path: string, body: object, pointer = '/expectedAt') =>
      expect((await expectProblem(await send(api, { path, body }), 422)).errors).toMatchObject([{ pointer }]);
    const order = { supplierId: 'mill', locationId: 'warehouse' };
    await refused('/v1/purchase-orders', { ...order, ...over });
    const { id } = await admin.post<{ id: string }>('/v1/purchase-orders', { ...order, lines });
    await admin.post(`/v1/purchase-orders/${id}/send`);
    await refused(`/v1/purchase-orders/${id}/notice`, over);
    const confirmed = { lines: [{ ...lines[0], expectedAt: over.expectedAt }] };
    await refused(`/v1/purchase-orders/${id}/confirm`, confirmed, '/lines/0/expectedAt');
    const places = { fromLocationId: 'warehouse', toLocationId: 'store' };
    await refused('/v1/transfers', { ...places, ...over });
    const incoming = [{ ...lines[0], locationId: 'warehouse', expectedAt: over.expectedAt }];
    const { results } = await admin.post<{ results: object[] }>('/v1/stock/incoming', { incoming });
    expect(results).toMatchObject([{ outcome: 'refused', detail: expect.stringMatching(/past/) }]);
  });

  it('are a location that ships for us, one supplier each', async () => {
    const address = { line1: 'Via Telaio 3', postalCode: '13900', city: 'Biella', country: 'IT' };
    await admin.put('/v1/locations/loom', {
      ...{ type: 'supplier', name: 'Loom', address, capabilities: ['ship'], priority: 1, actWithin: 'P2D' },
    });
    const loom = { name: 'Loom', currency: 'EUR', leadTimeDays: 1, locationId: 'loom' };
    await admin.put('/v1/suppliers/loom', loom);
    await admin.put('/v1/suppliers/loom', { ...loom, leadTimeDays: 2 });
    const path = '/v1/suppliers/also-loom';
    const { errors } = await expectProblem(await send(api, { method: 'PUT', path, body: loom }), 422);
    expect(errors).toEqual([
      { pointer: '/locationId', detail: expect.stringMatching(/the supplier "loom"/) },
    ]);
    await admin.put('/v1/suppliers/loom', { ...loom, locationId: undefined });
    await admin.put(path, loom);
  });

  it('are refused with what is wrong', async () => {
    const put = (path: string, body: object) => send(api, { method: 'PUT', path, body });
    const supplier = { name: 'X', currency: 'EUR', leadTimeDays: 1 };
    const nowhere = await put('/v1/suppliers/x', { ...supplier, locationId: 'moon' });
    expect((await expectProblem(nowhere, 422)).errors).toMatchObject([{ pointer: '/locationId' }]);
    const warehouse = await put('/v1/suppliers/x', { ...supplier, locationId: 'warehouse' });
    expect((await expectProblem(warehouse, 422)).errors).toEqual([
      { pointer: '/locationId', detail: expect.stringMatching(/of type warehouse/) },
    ]);
    const dollars = await put('/v1/suppliers/mill/items/CAP', { cost: { amount: 1, currency: 'USD' } });
    expect((await expectProblem(dollars, 422)).errors).toMatchObject([{ pointer: '/cost/currency' }]);
    await expectProblem(await put('/v1/suppliers/nobody/items/CAP', {}), 404);
    await expectProblem(await put('/v1/suppliers/mill/items/NOPE', {}), 404);
  });
});

describe('a purchase order', () => {
  it('is not announced beyond what was ordered and is tolerated, unless somebody says why', async () => {
    const { id, sku } = await sent(20);
    const notice = (quantity: number, more: object = {}) => ({
      ...{ lines: [{ sku, quantity, ...more }], expectedAt: '2037-02-20T08:00:00Z' },
    });
    await act(id, 'notice', notice(21));
    expect((await refused(id, 'notice', notice(2), 422)).errors).toMatchObject([
      { pointer: '/lines/0/quantity', detail: expect.stringMatching(/^20 were ordered, .* 1 more are tol/) },
    ]);
    expect(await stockOf(sku)).toMatchObject({ incoming: 21 });
    await act(id, 'notice', notice(1));
    const noticed = await act(id, 'notice', notice(5, { anyway: 'they clear their shelves' }));
    expect(noticed.events.at(-1)!.data).toMatchObject({
      lines: [{ sku, quantity: 5, over: 5, anyway: 'they clear their shelves' }],
    });
    expect(await stockOf(sku)).toMatchObject({ incoming: 27 });
    // What the supplier confirms then is what counts from there on.
    await act(id, 'confirm', { lines: [{ sku, quantity: 30 }] });
    await act(id, 'notice', notice(6));
    expect(await stockOf(sku)).toMatchObject({ incoming: 33 });
    await refused(id, 'notice', notice(1), 422);
  });

  it('goes from draft to the last piece, and the ledger tells each step', async () => {
    const sku = await freshSku();
    const draft = await place(
      [
        { sku, quantity: 20 },
        { sku: 'SHIRT', quantity: 12 },
      ],
      { reference: 'SPRING' },
    );
    expect(draft).toMatchObject({
      status: 'draft',
      open: 0,
      total: null,
      allowedActions: ['edit', 'send', 'cancel'],
    });
    expect(draft.number).toMatch(/^PO-\d+$/);
    expect(draft.lines[1]).toMatchObject({ sku: 'SHIRT', unitCost: eur(700) });
    const { id, number } = draft;

    const out = await act(id, 'send');
    expect(out).toMatchObject({ status: 'sent', open: 32 });
    expect(Date.parse(out.expectedAt!) - Date.parse(out.events.at(-1)!.at)).toBe(10 * 86_400_000);
    expect(await stockOf(sku)).toMatchObject({ incoming: 20, onHand: 0 });

    const confirmed = await act(id, 'confirm', {
      lines: [{ sku, quantity: 18, expectedAt: '2037-03-01T08:00:00Z' }],
    });
    expect(confirmed).toMatchObject({ status: 'confirmed', open: 30 });
    expect(confirmed.lines[0]).toMatchObject({ quantity: 20, expected: 18, open: 18 });

    const notice = { lines: [{ sku, quantity: 10 }], expectedAt: '2037-02-20T08:00:00Z', reference: 'DN-1' };
    const noticed = await act(id, 'notice', notice);
    expect(noticed.lines[0]!.supplies).toEqual([
      { quantity: 10, expectedAt: '2037-02-20T08:00:00.000Z', isOnItsWay: true },
      { quantity: 8, expectedAt: '2037-03-01T08:00:00.000Z', isOnItsWay: false },
    ]);
    // Sent again it is the same notice; other pieces need a reference of their own.
    expect((await act(id, 'notice', notice)).lines[0]!.supplies).toEqual(noticed.lines[0]!.supplies);
    const other = { ...notice, lines: [{ sku, quantity: 4 }] };
    const path = `/v1/purchase-orders/${id}/notice`;
    expect((await expectProblem(await send(api, { path, body: other }), 422)).errors).toMatchObject([
      { pointer: '/reference', detail: expect.stringContaining(`10 × ${sku} by Friday 20 February 2037`) },
    ]);
    const { items } = await warehouse.get<{ items: { incoming: object[] }[] }>('/v1/availability', { sku });
    expect(items[0]!.incoming).toMatchObject([{ quantity: 10 }, { quantity: 8 }]);

    const some = await act(id, 'receive', { lines: [{ sku, quantity: 11, damaged: 2 }], reference: 'DN-1' });
    expect(some).toMatchObject({ status: 'partlyReceived' });
    expect(some.lines[0]).toMatchObject({ received: 11, damaged: 2, open: 7, over: 0 });
    expect(await stockOf(sku)).toMatchObject({ onHand: 11, unsellable: 2, incoming: 7, available: 9 });

    const all = await act(id, 'receive', {
      lines: [
        { sku, quantity: 8 },
        { sku: 'SHIRT', quantity: 12 },
      ],
    });
    expect(all).toMatchObject({ status: 'received', open: 0, allowedActions: ['receive'] });
    expect(all.lines[0]).toMatchObject({ received: 19, over: 1 });
    expect(all.receipts).toHaveLength(3);
    expect(all.events.map(({ type }) => type)).toEqual([
      'created',
      'sent',
      'confirmed',
      'noticed',
      'received',
      'received',
    ]);
    const ledger = await api.db('stock_ledger').where({ sku }).orderBy('id');
    expect(
      ledger.map((row) => [row.cause, row.on_hand, row.unsellable, row.incoming, row.reference]),
    ).toEqual([
      ['purchaseOrder', 0, 0, 20, number],
      ['confirmation', 0, 0, -2, number],
      ['receipt', 11, 2, -11, number],
      ['receipt', 8, 0, -7, number],
    ]);
  });

  it('is mailed to the supplier once, with the order itself as PDF and CSV', async () => {
    const { id, number } = await place([{ sku: 'SHIRT', quantity: 6 }]);
    await Promise.all([act(id, 'send'), act(id, 'send'), act(id, 'send')]);
    const mails = await api.db('outbox').where('key', `mail:purchaseOrder:${id}`);
    expect(mails).toHaveLength(1);
    const mail = mails[0].payload as MailRequest;
    expect(mail).toMatchObject({
      template: 'purchaseOrder',
      to: 'orders@mill.test',
      data: { total: eur(4200) },
    });
    expect(mail.attachments!.map(({ format }) => format)).toEqual(['pdf', 'csv']);
    expect(mail.attachments![0]!.content).toMatchObject({
      number,
      lines: [{ supplierSku: 'M-1', quantity: 6 }],
    });
    const { open } = await admin.get<PurchaseOrderView>(`/v1/purchase-orders/${id}`);
    expect(open).toBe(6);
    const path = `/v1/purchase-orders/${id}/document`;
    const file = await send(api, { method: 'GET', path: `${path}?format=csv` });
    expect(await file.text()).toBe('csv purchaseOrder');
    expect(file.headers.get('content-disposition')).toContain(`${number}.csv`);
    expect((await send(api, { method: 'GET', path })).status).toBe(200);
  });

  it('is one however often it is asked for with the same key', async () => {
    const body = { supplierId: 'mill', locationId: 'warehouse', lines: [{ sku: 'SHIRT', quantity: 6 }] };
    const ask = () =>
      admin.post<PurchaseOrderView>('/v1/purchase-orders', body, { idempotencyKey: 'po-once' });
    const [first, second] = await Promise.all([ask(), ask()]);
    expect(second.id).toBe(first.id);
    // As a caller whose first answer was lost on the way into the store.
    const again = await api.deps.store.createPurchaseOrder({
      ...body,
      key: 'admin:po-once',
      actor: 'test',
      at: new Date().toISOString(),
    });
    expect(again).toEqual({ outcome: 'created', id: first.id });
  });

  it('takes a receipt in once, also when its answer was lost', async () => {
    const { id, sku } = await sent(10);
    const command = {
      purchaseOrderId: id,
      key: 'receipt-1',
      actor: 'test',
      at: new Date().toISOString(),
      lines: [{ sku, quantity: 4, damaged: 1 }],
    };
    const receive = () => api.deps.store.receivePurchaseOrder(command);
    const answers = await Promise.all([receive(), receive(), receive()]);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
    expect(await stockOf(sku)).toMatchObject({ onHand: 4, unsellable: 1, incoming: 6 });
  });

  it('receives no more than is tolerated, and nothing of a receipt that has too much', async () => {
    const { id, sku } = await sent(10);
    const { errors } = await refused(id, 'receive', { lines: [{ sku, quantity: 12 }] }, 422);
    expect(errors).toMatchObject([
      { pointer: '/lines/0/quantity', detail: expect.stringContaining('1 more') },
    ]);
    expect(await stockOf(sku)).toMatchObject({ onHand: 0, incoming: 10 });
    const taken = await act(id, 'receive', { lines: [{ sku, quantity: 11 }] });
    expect(taken.lines[0]).toMatchObject({ received: 11, over: 1, open: 0 });
    await refused(id, 'receive', { lines: [{ sku, quantity: 1 }] }, 422);
  });

  it('is closed when the rest will not come, and cancelled when nothing has', async () => {
    const { id, sku } = await sent(10);
    await refused(id, 'close', {}, 409);
    await act(id, 'receive', { lines: [{ sku, quantity: 4 }] });
    const problem = await refused(id, 'cancel', {}, 409);
    expect(problem).toMatchObject({ allowed: ['confirm', 'notice', 'receive', 'close'] });
    expect(await act(id, 'close', { reason: 'sold out' })).toMatchObject({ status: 'closed', open: 0 });
    expect(await act(id, 'close')).toMatchObject({ status: 'closed' });
    expect(await stockOf(sku)).toMatchObject({ onHand: 4, incoming: 0 });

    const other = await sent(5);
    expect(await act(other.id, 'cancel')).toMatchObject({ status: 'cancelled', open: 0 });
    expect(await stockOf(other.sku)).toMatchObject({ incoming: 0 });
    await refused(other.id, 'receive', { lines: [{ sku: other.sku, quantity: 1 }] }, 409);
  });

  it('is complete when the supplier confirms that no more will come', async () => {
    const { id, sku } = await sent(10);
    await refused(id, 'confirm', { lines: [{ sku, quantity: 0 }] }, 422);
    await act(id, 'receive', { lines: [{ sku, quantity: 4 }] });
    await refused(id, 'confirm', { lines: [{ sku, quantity: 3 }] }, 422);
    expect(await act(id, 'confirm', { lines: [{ sku, quantity: 4 }] })).toMatchObject({ status: 'received' });
  });

  it('is not received past its own page', async () => {
    const { sku, number } = await sent(5);
    const receipt = { sku, locationId: 'warehouse', type: 'receipt', quantity: 5, reference: number };
    const { results } = await warehouse.post<{ results: object[] }>('/v1/stock/movements', {
      movements: [receipt],
    });
    expect(results).toMatchObject([
      { outcome: 'refused', detail: expect.stringContaining('receive it there') },
    ]);
  });

  it('is refused with a pointer to each fault', async () => {
    const body = {
      supplierId: 'nobody',
      locationId: 'moon',
      lines: [
        { sku: 'NOPE', quantity: 1 },
        { sku: 'SHIRT', quantity: 6 },
        { sku: 'SHIRT', quantity: 6 },
      ],
    };
    const { errors } = await expectProblem(await send(api, { path: '/v1/purchase-orders', body }), 422);
    expect(errors!.map(({ pointer }) => pointer)).toEqual([
      '/supplierId',
      '/locationId',
      '/lines/0/sku',
      '/lines/2/sku',
    ]);
    await refused('pur_nothing', 'send', {}, 404);
    const { id, sku } = await sent(1);
    await refused(
      id,
      'notice',
      { lines: [{ sku: 'CAP', quantity: 1 }], expectedAt: '2037-01-01T00:00:00Z' },
      422,
    );
    await refused(
      id,
      'receive',
      {
        lines: [
          { sku, quantity: 1 },
          { sku, quantity: 1 },
        ],
      },
      422,
    );
  });

  it('is listed, the newest first, a page at a time', async () => {
    const { items, nextCursor } = await admin.get<{ items: { id: string }[]; nextCursor: string }>(
      '/v1/purchase-orders',
      { limit: 2 },
    );
    expect(items).toHaveLength(2);
    const next = await admin.get<{ items: { id: string }[] }>('/v1/purchase-orders', {
      limit: 2,
      cursor: nextCursor,
    });
    expect(items.map(({ id }) => id)).not.toContain(next.items[0]!.id);
    const drafts = await admin.get<{ items: { status: string }[] }>('/v1/purchase-orders', {
      status: 'draft',
    });
    expect(new Set(drafts.items.map(({ status }) => status))).toEqual(new Set(['draft']));
  });
});

describe('what is available at a date', () => {
  const askAt = async (sku: string, at: string) => {
    const { items } = await warehouse.get<{ items: { available: number; availableAt: number }[] }>(
      '/v1/availability',
      { sku, at },
    );
    return items[0]!.availableAt;
  };

  it('counts what comes until then, and only when asked for a date', async () => {
    const sku = await freshSku();
    const { id } = await place([{ sku, quantity: 8 }], { expectedAt: '2030-03-10T12:00:00Z' });
    expect(await askAt(sku, '2030-03-10')).toBe(0);
    await act(id, 'send');
    expect(await askAt(sku, '2030-03-09')).toBe(0);
    expect(await askAt(sku, '2030-03-10')).toBe(8);
    expect(await askAt(sku, '2030-03-10T11:59:59Z')).toBe(0);
    await act(id, 'confirm', { lines: [{ sku, quantity: 5, expectedAt: '2030-03-01T00:00:00Z' }] });
    expect(await askAt(sku, '2030-03-09')).toBe(5);
    const { items } = await warehouse.get<{ items: object[] }>('/v1/availability', { sku });
    expect(items[0]).not.toHaveProperty('availableAt');
  });

  it.each(['2020-01-01', '2030-02-30', 'tomorrow'])('is refused for %s', async (at) => {
    const answer = await send(api, { method: 'GET', path: `/v1/availability?sku=SHIRT&at=${at}` });
    expect((await expectProblem(answer, 422)).errors).toMatchObject([{ pointer: '/at', in: 'query' }]);
  });
});

describe('who may what', () => {
  it('lets the warehouse receive and nobody but an admin buy', async () => {
    const { id, sku } = await sent(2);
    const headers = { Authorization: `Bearer ${keyOf('warehouse')}` };
    await expectProblem(
      await send(api, { path: `/v1/purchase-orders/${id}/cancel`, headers, body: {} }),
      403,
    );
    const body = { lines: [{ sku, quantity: 2 }] };
    const answer = await send(api, { path: `/v1/purchase-orders/${id}/receive`, headers, body });
    expect(answer.status).toBe(200);
  });
});
