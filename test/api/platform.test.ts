import Ajv from 'ajv/dist/2020';
import type { OpenApiDocument } from '../../api/openapi';
import { roles } from '../../domain/access';
import { orderInput, setUp } from './support/samples';
import { keyOf, startTestApi, type TestApi } from './support/server';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
});
afterAll(() => api.close());
afterEach(() => {
  api.orders.isReachable = true;
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(api.url + path, { headers });

describe('the API as a program that is run', () => {
  it('says that it lives and that it can work', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
    const ready = await get('/readyz');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ status: 'ok', checks: { database: 'ok', temporal: 'ok' } });
  });

  it('says what it misses, and still lives', async () => {
    api.orders.isReachable = false;
    const ready = await get('/readyz');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ checks: { database: 'ok', temporal: 'unreachable' } });
    expect((await get('/healthz')).status).toBe(200);
  });

  it('says 503 and to try again when the engine is out of reach, and takes nothing in', async () => {
    api.orders.isReachable = false;
    const answer = await fetch(`${api.url}/v1/orders`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${keyOf('channel')}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': 'p-1',
      },
      body: JSON.stringify(orderInput({ externalReference: 'P-1' })),
    });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(await api.db('idempotency_keys')).toEqual([]);
  });

  it('serves its figures to Prometheus, by operation and not by path', async () => {
    await get('/v1/orders/some-id-of-an-order', { Authorization: `Bearer ${keyOf('support')}` });
    const figures = await (await get('/metrics')).text();
    expect(figures).toMatch(
      /ordito_http_request_duration_seconds_count\{operation="findOrder",method="GET",status="404"\} 1/,
    );
    expect(figures).toMatch(/process_cpu_seconds_total/);
    expect(figures).not.toContain('some-id-of-an-order');
  });

  it('sends the headers that keep browsers safe', async () => {
    const { headers } = await get('/healthz');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('logs who did what when, and nothing about persons', async () => {
    api.logged.length = 0;
    const answer = await get('/v1/orders?q=ada@example.com', {
      Authorization: `Bearer ${keyOf('support')}`,
      'X-Request-Id': 'trace-42',
    });
    expect(answer.headers.get('x-request-id')).toBe('trace-42');
    expect(api.logged).toMatchObject([
      { method: 'GET', path: '/v1/orders', status: 200, operation: 'listOrders', key: 'support' },
    ]);
    const text = JSON.stringify(api.logged);
    expect(text).not.toContain('ada');
    expect(text).not.toContain(keyOf('support'));
  });
});

describe('the OpenAPI document', () => {
  let document: OpenApiDocument;
  beforeAll(async () => {
    document = (await (await get('/openapi.json')).json()) as OpenApiDocument;
  });

  const operations = () =>
    Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
      Object.entries(item as Record<string, { operationId: string; requestBody?: object }>).map(
        ([method, operation]) => ({ path, method, ...operation }),
      ),
    );

  it('tells every operation, each served at its place', async () => {
    expect(document.openapi).toBe('3.1.0');
    expect(operations().length).toBeGreaterThanOrEqual(35);
    for (const { path, method } of operations()) {
      const answer = await fetch(api.url + path.replace(/\{\w+\}/g, 'sandbox'), {
        method: method.toUpperCase(),
      });
      expect([path, method, answer.status]).toEqual([path, method, 401]);
    }
  });

  it('names the same operations for whoever asks', async () => {
    const ids = operations().map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining(['placeOrder', 'findOrder', 'readAvailability', 'fastForward']),
    );
  });

  it('gives schemas names of their own and points to nothing that is missing', () => {
    const known = Object.keys(document.components?.schemas ?? {});
    const pointed = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)].map(
      ([, name]) => name!,
    );
    expect(known).toEqual(expect.arrayContaining([...new Set(pointed)]));
    expect(known).toEqual(expect.arrayContaining(['OrderInput', 'Order', 'Problem', 'Money', 'Fulfillment']));
  });

  it('lets be null what has a name and may be null', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    ajv.addSchema(document, 'document');
    const item = ajv.getSchema('document#/components/schemas/SupplierItem')!;
    const told = { sku: 'SHIRT', supplierSku: null, packSize: 1, minimumQuantity: 1 };
    expect(item({ ...told, cost: null })).toBe(true);
    expect(item({ ...told, cost: { amount: 1, currency: 'EUR' } })).toBe(true);
    expect(item({ ...told, cost: 'much' })).toBe(false);
    expect(JSON.stringify(document)).not.toMatch(/"allOf":\[[^\]]*"null"/);
  });

  it('is shown on a page that asks nothing of others', async () => {
    const page = await (await get('/docs/')).text();
    expect(page).toContain('Ordito API');
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
    for (const [, file] of page.matchAll(/(?:src|href)="\.\/([^"]+)"/g))
      expect([file, (await get(`/docs/${file}`)).status]).toEqual([file, 200]);
  });
});

describe('production', () => {
  it('has no time machine', async () => {
    const production = await startTestApi({ settings: { environment: 'production' } });
    try {
      for (const role of roles) {
        const answer = await fetch(`${production.url}/v1/dev/orders/x/fast-forward`, {
          method: 'POST',
          headers: { Authorization: `Bearer ${keyOf(role)}`, 'Content-Type': 'application/json' },
          body: '{"duration":"P1D"}',
        });
        expect(answer.status).toBe(404);
      }
      const document = await (await fetch(`${production.url}/openapi.json`)).text();
      expect(document).not.toContain('fast-forward');
    } finally {
      await production.close();
    }
  });
});
