import { createApiClient, type ApiClient } from '../../api/client';
import { setUp } from './support/samples';
import { keyOf, startTestApi, type TestApi } from './support/server';

let api: TestApi;
let admin: ApiClient;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
  admin = createApiClient({ baseUrl: api.url, key: keyOf('admin') });
  await admin.put('/v1/channels/tills', { type: 'till', name: 'Tills' });
  await admin.put('/v1/products/CUP', { title: 'Cup', category: 'kitchen' });
  const receipt = (sku: string) => ({ sku, locationId: 'warehouse', type: 'receipt', quantity: 10 });
  await admin.post('/v1/stock/movements', { movements: [receipt('SHIRT'), receipt('CUP')] });
});
afterAll(() => api.close());

const availableTo = async (sku: string, channel?: string) => {
  const answer = await admin.get<{ items: { available: number }[] }>('/v1/availability', { sku, channel });
  return answer.items[0]!.available;
};

describe('channel buffers', () => {
  it('are kept back from their channel, at every question about what is available', async () => {
    await admin.put('/v1/buffers/everyone', { pieces: 1 });
    await admin.put('/v1/buffers/web', { channel: 'web', pieces: 4 });
    await admin.put('/v1/buffers/kitchen', { category: 'kitchen', pieces: 7 });
    expect(await availableTo('SHIRT')).toBe(9);
    expect(await availableTo('SHIRT', 'web')).toBe(6);
    expect(await availableTo('SHIRT', 'tills')).toBe(9);
    expect(await availableTo('CUP', 'web')).toBe(3);
    await admin.put('/v1/buffers/web', { channel: 'web', pieces: 99 });
    expect(await availableTo('SHIRT', 'web')).toBe(0);

    expect(await admin.get('/v1/buffers/web')).toEqual({
      id: 'web',
      channel: 'web',
      pieces: 99,
      updatedAt: expect.any(String),
      updatedBy: 'admin:admin',
    });
    const first = await admin.get<{ items: { id: string }[]; nextCursor: string }>('/v1/buffers', {
      limit: 2,
    });
    const rest = await admin.get<{ items: { id: string }[] }>('/v1/buffers', { cursor: first.nextCursor });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(['everyone', 'kitchen', 'web']);
    for (const id of ['web', 'web', 'everyone', 'kitchen']) await admin.delete(`/v1/buffers/${id}`);
    expect(await availableTo('CUP', 'web')).toBe(10);
    await expect(admin.get('/v1/buffers/web')).rejects.toMatchObject({ status: 404 });
  });

  it('are refused by the field at fault', async () => {
    const refusal = (body: object, id = 'x') => admin.put(`/v1/buffers/${id}`, body).catch((error) => error);
    expect(await refusal({ pieces: -1 })).toMatchObject({ problem: { errors: [{ pointer: '/pieces' }] } });
    expect(await refusal({ pieces: 1, sku: 'CUP', category: 'kitchen' })).toMatchObject({
      problem: { errors: [{ pointer: '/category' }] },
    });
    expect(await refusal({ pieces: 1, sku: 'NOPE', locationId: 'moon' })).toMatchObject({
      status: 422,
      problem: { errors: [{ pointer: '/locationId' }, { pointer: '/sku' }] },
    });
    await admin.put('/v1/buffers/first', { pieces: 1, sku: 'CUP' });
    expect(await refusal({ pieces: 2, sku: 'CUP' }, 'second')).toMatchObject({
      status: 409,
      message: expect.stringContaining('"first"'),
    });
    await expect(availableTo('CUP', 'nobody')).rejects.toMatchObject({
      problem: { errors: [{ pointer: '/channel', in: 'query' }] },
    });
    const warehouse = createApiClient({ baseUrl: api.url, key: keyOf('warehouse') });
    await expect(warehouse.delete('/v1/buffers/first')).rejects.toMatchObject({ status: 403 });
  });
});
