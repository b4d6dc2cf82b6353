import { createApiKey, hashApiKey } from '../../api/key-hash';
import { setUp } from './support/samples';
import { expectProblem, send } from './support/send';
import { startTestApi, testSecret, type TestApi } from './support/server';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
});
afterAll(() => api.close());

const path = '/v1/channels/web/subscription';
const url = 'https://shop.example/stock';
const put = (body: object, at = path) => send(api, { method: 'PUT', path: at, body });
const get = (at = path) => send(api, { method: 'GET', path: at });

describe('the subscription of a channel', () => {
  it('is made with a secret that is told once, and kept when it is changed', async () => {
    const made = (await (await put({ url, events: ['availability'] })).json()) as Record<string, unknown>;
    expect(made).toMatchObject({ channel: 'web', url, locations: null, walk: 'snapshot', failures: 0 });
    expect(made.secret).toMatch(/^whsec_.{44}$/);
    const changed = await put({ url: `${url}/2`, events: ['availability'], locations: ['store'] });
    expect(await changed.json()).toEqual({
      ...made,
      url: `${url}/2`,
      locations: ['store'],
      secret: undefined,
    });
    const kept = await api.db('channel_subscriptions').where('channel', 'web').first('secret');
    expect(kept).toEqual({ secret: made.secret });
    expect(await (await get()).json()).not.toHaveProperty('secret');
  });

  it('can be asked for a snapshot, looked at and ended', async () => {
    await put({ url, events: ['availability'] });
    const asked = await send(api, { path: '/v1/channels/web/snapshot', body: {} });
    expect(asked.status).toBe(202);
    expect(await (await get('/v1/channels/web/deliveries')).json()).toEqual({ items: [] });
    expect((await send(api, { method: 'DELETE', path })).status).toBe(204);
    await expectProblem(await get(), 404);
    await expectProblem(await send(api, { path: '/v1/channels/web/snapshot', body: {} }), 404);
  });

  it('says what is wrong with it', async () => {
    const body = { url, events: ['availability'] };
    await expectProblem(await put(body, '/v1/channels/nowhere/subscription'), 404);
    const bad = await expectProblem(await put({ url: 'ftp://x', events: ['rain'], secret: 'short' }), 422);
    expect(bad.errors?.map((error) => error.pointer).sort()).toEqual(['/events/0', '/secret', '/url']);
    const unknown = await expectProblem(await put({ ...body, locations: ['store', 'moon'] }), 422);
    expect(unknown.errors).toMatchObject([{ pointer: '/locations/1' }]);
  });

  it('belongs to its channel', async () => {
    const key = createApiKey('channel');
    const keyHash = hashApiKey(testSecret, key);
    await api.deps.store.saveKey({ id: 'other', role: 'channel', name: 'other', keyHash, boundTo: 'other' });
    const answer = await send(api, { method: 'GET', path, headers: { Authorization: `Bearer ${key}` } });
    await expectProblem(answer, 403);
  });
});
