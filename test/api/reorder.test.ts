import { createApiClient, type ApiClient } from '../../api/client';
import { reorder } from '../../relay/replenish';
import { createStore } from '../../store';
import { setUp } from './support/samples';
import { expectProblem, send } from './support/send';
import { keyOf, startTestApi, type TestApi } from './support/server';

let api: TestApi;
let admin: ApiClient;
let support: ApiClient;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
  admin = createApiClient({ baseUrl: api.url, key: keyOf('admin') });
  support = createApiClient({ baseUrl: api.url, key: keyOf('support') });
  await admin.put('/v1/suppliers/mill', { name: 'Mill', currency: 'EUR', leadTimeDays: 5 });
  await admin.put('/v1/suppliers/mill/items/SHIRT', { packSize: 10 });
});
afterAll(() => api.close());

const put = (body: object, path = '/v1/reorder-points/warehouse/SHIRT') =>
  send(api, { method: 'PUT', path, body });

it('keeps a reorder point, and proposes what it asks for', async () => {
  const saved = await put({ mode: 'propose', point: 4, target: 12, owner: 'Ada' });
  expect(await saved.json()).toMatchObject({
    ...{ sku: 'SHIRT', locationId: 'warehouse', mode: 'propose', point: 4, target: 12, owner: 'Ada' },
    ...{ computed: false, basis: null, supplierId: null },
  });
  const store = createStore(api.db);
  await reorder({ store, office: null, now: () => new Date(), onError: () => undefined });
  const { items } = await support.get<{ items: object[] }>('/v1/reorder-proposals', { open: 'true' });
  expect(items).toMatchObject([
    {
      ...{ sku: 'SHIRT', quantity: 20, owner: 'Ada', reasons: { position: 0, point: 4, target: 12 } },
      purchaseOrder: { status: 'draft', supplierName: 'Mill' },
    },
  ]);
  expect(await support.get('/v1/reorder-proposals', { open: 'false' })).toEqual({ items: [] });
});

it('tells what computed levels come from', async () => {
  const saved = await put({ mode: 'propose', computed: true, serviceLevel: 99, coverDays: 14 });
  expect(await saved.json()).toMatchObject({
    ...{ computed: true, point: 0, target: 0, computedAt: expect.any(String) },
    basis: { days: 14, sold: 0, leadTimeDays: 5, serviceLevel: 99, coverDays: 14 },
  });
  const { items } = await support.get<{ items: object[] }>('/v1/reorder-points', { sku: 'SHIRT' });
  expect(items).toHaveLength(1);
});

it.each([
  [{ mode: 'propose' }, ['/point', '/target']],
  [{ mode: 'propose', point: 5, target: 5 }, ['/target']],
  [{ mode: 'propose', computed: true, point: 5 }, ['/point']],
  [{ mode: 'sometimes', point: 1, target: 2 }, ['/mode']],
  [{ mode: 'propose', point: 1, target: 2, supplierId: 'nobody' }, ['/supplierId']],
  [{ mode: 'propose', computed: true, serviceLevel: 97 }, ['/serviceLevel']],
])('refuses %j', async (body, pointers) => {
  const { errors } = await expectProblem(await put(body), 422);
  expect(errors!.map(({ pointer }) => pointer)).toEqual(pointers);
});

it('refuses places and products that are not there, and levels that nobody could supply', async () => {
  const body = { mode: 'propose', point: 1, target: 2 };
  const pointerOf = async (path: string, sent: object) =>
    (await expectProblem(await put(sent, path), 422)).errors![0]!.pointer;
  expect(await pointerOf('/v1/reorder-points/moon/SHIRT', body)).toBe('/locationId');
  expect(await pointerOf('/v1/reorder-points/warehouse/NOPE', body)).toBe('/sku');
  expect(await pointerOf('/v1/reorder-points/store/CAP', { mode: 'propose', computed: true })).toBe(
    '/computed',
  );
  expect((await put({ mode: 'off' }, '/v1/reorder-points/store/CAP')).status).toBe(200);
});
