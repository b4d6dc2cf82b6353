import { createApiClient, type ApiClient } from '../../api/client';
import { setUp } from './support/samples';
import { keyOf, startTestApi, type TestApi } from './support/server';

let api: TestApi;
let warehouse: ApiClient;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
  warehouse = createApiClient({ baseUrl: api.url, key: keyOf('warehouse') });
  const receipt = (sku: string) => ({ sku, locationId: 'warehouse', type: 'receipt', quantity: 50 });
  await warehouse.post('/v1/stock/movements', { movements: [receipt('SHIRT'), receipt('CAP')] });
});
afterAll(() => api.close());

interface Transfer {
  id: string;
  status: string;
  lines: Record<string, unknown>[];
  allowedActions: string[];
}
const body = (more: object = {}) => ({
  fromLocationId: 'warehouse',
  toLocationId: 'store',
  lines: [
    { sku: 'SHIRT', quantity: 5 },
    { sku: 'CAP', quantity: 3 },
  ],
  ...more,
});
const request = (more: object = {}, idempotencyKey?: string) =>
  warehouse.post<Transfer>('/v1/transfers', body(more), { idempotencyKey });
const levelOf = async (sku: string, locationId: string) =>
  (await warehouse.get<{ items: object[] }>('/v1/stock', { sku, locationId })).items[0];

async function refusal(path: string, sent: object, role: 'warehouse' | 'support' | 'channel' = 'warehouse') {
  const answer = await fetch(api.url + path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${keyOf(role)}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(sent),
  });
  return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) };
}

describe('transfers of stock', () => {
  it('are requested, shipped, received in parts and closed short, each step told', async () => {
    const expectedAt = '2031-01-02T08:00:00Z';
    const { id, ...requested } = await request({ expectedAt, reference: 'opening of the store' }, 'once');
    expect(requested).toMatchObject({ status: 'requested', allowedActions: ['ship', 'cancel'] });
    expect((await request({ expectedAt, reference: 'opening of the store' }, 'once')).id).toBe(id);
    expect(await levelOf('SHIRT', 'warehouse')).toMatchObject({ onHand: 50, allocated: 5, available: 45 });

    const shipped = await warehouse.post<Transfer>(`/v1/transfers/${id}/ship`);
    expect(shipped).toMatchObject({ status: 'shipped', shippedBy: 'warehouse:warehouse' });
    expect(await levelOf('SHIRT', 'warehouse')).toMatchObject({ onHand: 45, allocated: 0 });
    expect(await levelOf('SHIRT', 'store')).toMatchObject({ onHand: 0, incoming: 5 });
    const coming = await warehouse.get('/v1/availability', { sku: 'SHIRT' });
    expect(coming).toMatchObject({
      items: [{ incoming: [{ locationId: 'store', quantity: 5, expectedAt: '2031-01-02T08:00:00.000Z' }] }],
    });

    const receive = (sent: object, key: string) =>
      warehouse.post<Transfer>(`/v1/transfers/${id}/receive`, sent, { idempotencyKey: key });
    const some = { lines: [{ sku: 'SHIRT', quantity: 4, damaged: 1 }] };
    await receive(some, 'r-1');
    expect(await receive(some, 'r-1')).toMatchObject({ status: 'shipped', allowedActions: ['receive'] });
    expect(await levelOf('SHIRT', 'store')).toMatchObject({ onHand: 4, unsellable: 1, available: 3 });
    const rest = { lines: [{ sku: 'CAP', quantity: 3 }], close: { reason: 'fell off the truck' } };
    expect(await receive(rest, 'r-2')).toMatchObject({
      status: 'received',
      closeReason: 'fell off the truck',
      lines: [
        { sku: 'SHIRT', title: 'Red shirt', quantity: 5, received: 4, damaged: 1, lost: 1 },
        { sku: 'CAP', quantity: 3, received: 3, damaged: 0, lost: 0 },
      ],
    });
    const { items } = await warehouse.get<{ items: { cause: string; reference: string }[] }>(
      '/v1/stock/movements',
      { sku: 'SHIRT' },
    );
    expect(items.filter(({ reference }) => reference === id).map(({ cause }) => cause)).toEqual([
      'transferLost',
      'transferReceived',
      'transferShipped',
      'transferShipped',
      'transferRequested',
    ]);
  });

  it('are listed by state and place, a page at a time', async () => {
    const mine = [
      await request({ id: 'list-1' }),
      await request({ id: 'list-2' }),
      await request({ id: 'list-3' }),
    ];
    await warehouse.post(`/v1/transfers/list-2/cancel`, { reason: 'not needed' });
    interface List {
      items: Transfer[];
      nextCursor?: string;
    }
    const query = { status: 'requested', locationId: 'store', limit: '1' };
    const first = await warehouse.get<List>('/v1/transfers', query);
    const second = await warehouse.get<List>('/v1/transfers', { ...query, cursor: first.nextCursor! });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(['list-3', 'list-1']);
    expect((await warehouse.get<List>('/v1/transfers', { status: 'cancelled' })).items).toMatchObject([
      { id: mine[1]!.id, closeReason: 'not needed', closedBy: 'warehouse:warehouse' },
    ]);
  });

  it('refuse what cannot be, by the field at fault', async () => {
    const cases: [object, unknown][] = [
      [body({ toLocationId: 'warehouse' }), [{ pointer: '/toLocationId' }]],
      [
        body({ toLocationId: 'moon' }),
        [{ pointer: '/toLocationId', detail: expect.stringContaining('moon') }],
      ],
      [body({ lines: [{ sku: 'NOPE', quantity: 1 }] }), [{ pointer: '/lines/0/sku' }]],
      [body({ lines: [{ sku: 'CAP', quantity: 999 }] }), [{ pointer: '/lines/0/quantity' }]],
      [
        body({
          lines: [
            { sku: 'CAP', quantity: 1 },
            { sku: 'CAP', quantity: 1 },
          ],
        }),
        [{ pointer: '/lines', detail: expect.stringContaining('twice') }],
      ],
      [body({ lines: [] }), [{ pointer: '/lines' }]],
    ];
    for (const [sent, errors] of cases)
      expect(await refusal('/v1/transfers', sent)).toMatchObject({ status: 422, errors });
    await request({ id: 'taken' });
    expect(
      await refusal('/v1/transfers', body({ id: 'taken', lines: [{ sku: 'CAP', quantity: 1 }] })),
    ).toMatchObject({ status: 409, detail: expect.stringContaining('another transfer') });
    expect(await refusal('/v1/transfers/taken/receive', {})).toMatchObject({ status: 422 });
    expect(
      await refusal('/v1/transfers/taken/receive', { lines: [{ sku: 'CAP', quantity: 1 }] }),
    ).toMatchObject({ status: 409, allowed: ['ship', 'cancel'] });
    expect(await refusal('/v1/transfers/none/ship', {})).toMatchObject({ status: 404 });
    expect(await refusal('/v1/transfers/taken/ship', {}, 'support')).toMatchObject({ status: 403 });
  });
});
