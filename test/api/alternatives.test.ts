import { createApiClient, type ApiClient } from '../../api/client';
import { eur, setUp } from './support/samples';
import { expectProblem, send } from './support/send';
import { keyOf, startTestApi, type TestApi } from './support/server';

let api: TestApi;
let admin: ApiClient;
let channel: ApiClient;
const tees = ['TEE-RED-M', 'TEE-RED-L', 'TEE-BLUE-M'];
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
  admin = createApiClient({ baseUrl: api.url, key: keyOf('admin') });
  channel = createApiClient({ baseUrl: api.url, key: keyOf('channel') });
  for (const sku of tees) {
    const [, colour, size] = sku.split('-');
    const attributes = { colour: colour!.toLowerCase(), size: size! };
    await admin.put(`/v1/products/${sku}`, {
      title: `Tee ${sku}`,
      price: eur(1500),
      category: 'tees',
      attributes,
    });
  }
  await receive('TEE-RED-L', 4);
  await receive('TEE-BLUE-M', 2);
});
afterAll(() => api.close());

const receive = (sku: string, quantity: number, locationId = 'warehouse') =>
  admin.post('/v1/stock/movements', { movements: [{ sku, locationId, type: 'receipt', quantity }] });
const path = (sku: string) => `/v1/products/${sku}/alternatives`;
const name = (sku: string, alternatives: unknown) =>
  send(api, { method: 'PUT', path: path(sku), body: { alternatives } });

interface Item {
  sku: string;
  available: number;
  alternatives?: { sku: string; title: string; available: number; because: string[] }[];
}
const availability = async (sku: string, query: Record<string, string> = {}) =>
  (await channel.get<{ items: Item[] }>('/v1/availability', { sku, ...query })).items[0]!;

describe('alternatives that people name', () => {
  it('are kept in their order, replaced whole and taken away', async () => {
    const alternatives = [{ sku: 'CAP', note: 'Goes with everything', pricePolicy: 'own' }, { sku: tees[1] }];
    const saved = await admin.put(path('SHIRT'), { alternatives });
    expect(saved).toEqual({
      sku: 'SHIRT',
      alternatives: [alternatives[0], { sku: tees[1], pricePolicy: 'lower' }],
    });
    expect(await admin.put(path('SHIRT'), { alternatives })).toEqual(saved);
    expect(await channel.get(path('SHIRT'))).toEqual(saved);
    await admin.put(path('SHIRT'), { alternatives: [{ sku: 'CAP' }] });
    expect(await channel.get(path('SHIRT'))).toMatchObject({ alternatives: [{ sku: 'CAP' }] });
    for (const _ of [1, 2])
      expect((await send(api, { method: 'DELETE', path: path('SHIRT') })).status).toBe(204);
    expect(await channel.get(path('SHIRT'))).toEqual({ sku: 'SHIRT', alternatives: [] });
  });

  it('are refused with a pointer when they are itself, doubled, unknown or a circle', async () => {
    const bad = [{ sku: 'SHIRT' }, { sku: 'CAP' }, { sku: 'CAP' }, { sku: 'NOPE' }];
    const problem = await expectProblem(await name('SHIRT', bad), 422);
    expect(problem.errors!.map(({ pointer }) => pointer)).toEqual([
      '/alternatives/0/sku',
      '/alternatives/2/sku',
      '/alternatives/3/sku',
    ]);
    await expectProblem(await name('NOPE', []), 404);
    await expectProblem(await send(api, { method: 'GET', path: path('NOPE') }), 404);
    await expectProblem(await name('SHIRT', [{ sku: 'CAP', pricePolicy: 'free' }]), 422);

    const [a, b, c] = tees;
    await admin.put(path(a!), { alternatives: [{ sku: b }] });
    await admin.put(path(b!), { alternatives: [{ sku: c }] });
    const circle = await expectProblem(await name(c!, [{ sku: 'CAP' }, { sku: a }]), 422);
    expect(circle.errors).toMatchObject([
      { pointer: '/alternatives/1/sku', detail: expect.stringContaining(`${c} → ${a} → ${b} → ${c}`) },
    ]);
    expect(await channel.get(path(c!))).toMatchObject({ alternatives: [] });
    // Peers may name each other.
    await admin.put(path(b!), { alternatives: [{ sku: a }] });
    for (const sku of tees) await send(api, { method: 'DELETE', path: path(sku) });
  });

  it('close no circle when two lists are changed at the same moment', async () => {
    for (let run = 0; run < 10; run += 1) {
      const [a, b, c] = tees;
      for (const sku of tees) await send(api, { method: 'DELETE', path: path(sku) });
      await admin.put(path(a!), { alternatives: [{ sku: b }] });
      const both = await Promise.all([name(b!, [{ sku: c }]), name(c!, [{ sku: a }])]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    }
    for (const sku of tees) await send(api, { method: 'DELETE', path: path(sku) });
  });
});

describe('availability', () => {
  it('offers what is like a product that is not to be had, and why', async () => {
    const item = await availability('TEE-RED-M');
    expect(item).toMatchObject({
      available: 0,
      alternatives: [
        { sku: 'TEE-BLUE-M', available: 2, because: expect.arrayContaining(['The same size: M']) },
        { sku: 'TEE-RED-L', available: 4, because: expect.arrayContaining(['Another size: L']) },
      ],
    });
    await admin.put(path('TEE-RED-M'), { alternatives: [{ sku: 'TEE-RED-L', note: 'Runs small' }] });
    expect((await availability('TEE-RED-M')).alternatives).toMatchObject([
      { sku: 'TEE-RED-L', because: expect.arrayContaining(['Runs small']) },
      { sku: 'TEE-BLUE-M' },
    ]);
    await send(api, { method: 'DELETE', path: path('TEE-RED-M') });
  });

  it('offers nothing that this channel cannot sell, or that cannot be shipped', async () => {
    await admin.put('/v1/buffers/web-tees', { channel: 'web', sku: 'TEE-BLUE-M', pieces: 2 });
    const only = { alternatives: [{ sku: 'TEE-RED-L' }] };
    expect((await availability('TEE-RED-M', { channel: 'web' })).alternatives).toHaveLength(1);
    expect(await availability('TEE-RED-M', { channel: 'web' })).toMatchObject(only);
    expect((await availability('TEE-RED-M')).alternatives).toHaveLength(2);
    expect((await availability('CAP')).alternatives).toEqual([]);
  });

  it('asks for no alternatives of what is there', async () => {
    const asked: string[] = [];
    const note = ({ sql }: { sql: string }) => void asked.push(sql);
    api.db.on('query', note);
    expect(await availability('TEE-RED-L')).not.toHaveProperty('alternatives');
    api.db.removeListener('query', note);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((sql) => sql.includes('product_alternatives'))).toEqual([]);
  });
});
