import { createApiClient, type ApiClient } from '../../api/client';
import { setUp } from './support/samples';
import { expectProblem, send } from './support/send';
import { keyOf, startTestApi, type TestApi } from './support/server';

let api: TestApi;
let admin: ApiClient;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
  admin = createApiClient({ baseUrl: api.url, key: keyOf('admin') });
});
afterAll(() => api.close());

test('the orders of a simulation are kept for a time, what came of it for good', async () => {
  const { id } = await admin.post<{ id: string }>('/v1/rules/simulations', {
    rules: 'fewestSplitsThenNearest',
  });
  const path = `/v1/rules/simulations/${id}`;
  const forget = () => api.deps.store.forgetTriedOrders({ olderThanMs: 3_600_000 });
  const ended = (at: string) =>
    api.db('rule_simulations').where({ id }).update({ state: 'done', ended_at: at, total: 0 });

  // One that runs is never too old.
  await api.db('rule_simulations').where({ id }).update({ requested_at: '2026-01-01' });
  await forget();
  expect(await admin.get(path)).toMatchObject({ ordersForgottenAt: null });
  await ended(new Date().toISOString());
  await forget();
  expect(await admin.get(`${path}/orders`)).toEqual({ items: [] });

  await ended('2026-01-01T00:00:00Z');
  for (const _ of [1, 2]) await forget();
  expect(await admin.get(path)).toMatchObject({
    ...{ state: 'done', ordersForgottenAt: expect.any(String), report: { orders: 0 } },
  });
  for (const asked of ['orders', 'export']) {
    const { detail } = await expectProblem(await send(api, { method: 'GET', path: `${path}/${asked}` }), 404);
    expect(detail).toContain('its report is still there');
  }
});
