import { createApiClient, type ApiClient } from '../../api/client';
import { hashApiKey } from '../../api/key-hash';
import { recordPlaced } from './support/fake-orders';
import { eur, orderInput, setUp } from './support/samples';
import { keyOf, startTestApi, type TestApi } from './support/server';

interface Receipt {
  id: string;
  number: string;
  status: string;
  decision?: string;
  links: Record<string, string>;
}

let api: TestApi;
let channel: ApiClient;
let support: ApiClient;

beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
  channel = createApiClient({ baseUrl: api.url, key: keyOf('channel') });
  support = createApiClient({ baseUrl: api.url, key: keyOf('support') });
});
afterAll(() => api.close());
beforeEach(() => {
  api.orders.onStart = () => Promise.resolve();
  api.orders.answer = { outcome: 'done' };
});

const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${api.url}/v1/orders`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${keyOf('channel')}`, 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

describe('handing an order in', () => {
  it('starts its workflow with a complete order and answers 202', async () => {
    const answer = await post(orderInput({ externalReference: 'A-1' }));
    expect(answer.status).toBe(202);
    const receipt = (await answer.json()) as Receipt;
    expect(receipt).toMatchObject({ status: 'placed', number: expect.stringMatching(/^\d{6,}$/) });
    expect(answer.headers.get('location')).toBe(`http://shop.test/v1/orders/${receipt.id}`);

    const order = api.orders.started.get('order:web:A-1')!;
    expect(order).toMatchObject({ id: receipt.id, number: receipt.number, pricesIncludeTax: true });
    expect(order.lines).toMatchObject([
      { sku: 'SHIRT', title: 'Red shirt', taxRateBps: 2200, discount: eur(0) },
      { sku: 'CAP', title: 'Cap', taxRateBps: 1000 },
    ]);
    expect(new Set([...order.lines, ...order.tenders].map(({ id }) => id)).size).toBe(3);
  });

  it('waits for the first decision when that is preferred', async () => {
    api.orders.onStart = (order) => recordPlaced(api.db, order, 'confirmed');
    const answer = await post(orderInput({ externalReference: 'A-2' }), { Prefer: 'wait=10' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('preference-applied')).toBe('wait=10');
    expect(await answer.json()).toMatchObject({ decision: 'confirmed' });
  });

  it('answers 202 when nothing is decided in time', async () => {
    const answer = await post(orderInput({ externalReference: 'A-3' }), { Prefer: 'wait=0' });
    expect(answer.status).toBe(202);
    expect(await answer.json()).not.toHaveProperty('decision');
  });

  it('answers the same reference with the first order, before and after it is written down', async () => {
    const first = (await (await post(orderInput({ externalReference: 'A-4' }))).json()) as Receipt;
    const early = await post(orderInput({ externalReference: 'A-4', note: 'again' }));
    expect(early.status).toBe(200);
    expect(await early.json()).toMatchObject({ id: first.id, number: first.number });

    await recordPlaced(api.db, api.orders.started.get('order:web:A-4')!, 'backordered');
    const late = await post(orderInput({ externalReference: 'A-4' }));
    expect(late.status).toBe(200);
    expect(await late.json()).toMatchObject({ id: first.id, number: first.number, decision: 'backordered' });
  });

  it('makes one order of many that arrive at the same instant', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => post(orderInput({ externalReference: 'A-5' }))),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([...Array<number>(11).fill(200), 202]);
    const receipts = (await Promise.all(answers.map((answer) => answer.json()))) as Receipt[];
    expect(new Set(receipts.map((receipt) => `${receipt.id} ${receipt.number}`)).size).toBe(1);
  });

  it('keeps a key that is bound to a channel to that channel', async () => {
    const bound = { id: 'bound', role: 'channel', name: 'till', boundTo: 'till' } as const;
    await api.deps.store.saveKey({ ...bound, keyHash: hashApiKey(api.deps.settings.secret, 'till-key') });
    const answer = await post(orderInput({ externalReference: 'A-6' }), { Authorization: 'Bearer till-key' });
    expect(answer.status).toBe(403);
  });
});

describe('reading orders', () => {
  beforeAll(async () => {
    api.orders.onStart = (order) => recordPlaced(api.db, order);
    for (let index = 1; index <= 5; index += 1)
      await post(
        orderInput({
          externalReference: `R-${index}`,
          placedAt: `2024-03-0${index}T10:00:00+01:00`,
          customer: { email: `reader${index}@example.com`, name: `Reader ${index}` },
        }),
        { Prefer: 'wait=0' },
      );
  });

  it('shows an order with its lines by state, payments and what it waits for', async () => {
    const { items } = await channel.get<{ items: { id: string }[] }>('/v1/orders', { q: 'R-3' });
    const order = await channel.get<Record<string, unknown>>(`/v1/orders/${items[0]!.id}`);
    expect(order).toMatchObject({
      externalReference: 'R-3',
      channel: 'web',
      status: 'placed',
      paymentStatus: 'pending',
      placedAt: '2024-03-03T09:00:00.000Z',
      lines: [
        { sku: 'SHIRT', quantity: 1, total: eur(2000), byState: { unsourced: 1 } },
        { sku: 'CAP', quantity: 2, total: eur(2000), byState: { unsourced: 2 } },
      ],
      payments: [{ method: 'card', status: 'pending', amount: eur(4500), captured: eur(0) }],
      waitingFor: [{ what: 'sourcing and payment', until: null, then: 'it goes on by itself' }],
      fulfillments: [],
      returns: [],
      documents: [],
      allowedActions: ['cancel', 'cancelLines', 'edit', 'hold'],
    });
  });

  it('lists them newest first, page by page, without gap or repetition', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page: { items: { externalReference: string }[]; nextCursor?: string } = await channel.get(
        '/v1/orders',
        { q: 'reader', limit: 2, cursor },
      );
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((item) => item.externalReference));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['R-5', 'R-4', 'R-3', 'R-2', 'R-1']);
  });

  it.each([
    ['q', { q: 'reader4@example' }, ['R-4']],
    ['several words', { q: 'W-shirt reader2' }, []],
    ['all words', { q: 'reader2 SHIRT' }, ['R-2']],
    ['a percent sign', { q: 'reader%' }, []],
    ['two letters, how a word begins', { q: 'reader4 re' }, ['R-4']],
    ['one letter, how a word begins', { q: 'reader4 r' }, ['R-4']],
    ['two letters, not what is within a word', { q: 'reader4 ea' }, []],
    ['a short word that begins it all', { q: '1 reader4' }, ['R-4']],
    ['two signs that are no wildcards', { q: 'reader4 r_' }, []],
    ['from and to', { q: 'reader', from: '2024-03-02T00:00:00Z', to: '2024-03-04' }, ['R-3', 'R-2']],
    ['status', { q: 'reader', status: 'cancelled' }, []],
    ['channel', { q: 'reader1', channel: 'web' }, ['R-1']],
  ])('finds by %s', async (_by, query, expected) => {
    const { items } = await channel.get<{ items: { externalReference: string }[] }>('/v1/orders', query);
    expect(items.map((item) => item.externalReference)).toEqual(expected);
  });

  it('tells the story of an order', async () => {
    const { items } = await channel.get<{ items: { id: string }[] }>('/v1/orders', { q: 'R-1' });
    const story = await channel.get(`/v1/orders/${items[0]!.id}/events`);
    expect(story).toMatchObject({ items: [{ type: 'orderPlaced', actor: 'channel:web' }] });
    expect(await support.get(`/v1/orders/${items[0]!.id}/sourcing`)).toEqual({ items: [] });
  });

  it('waits a moment for an order that was accepted and is not yet written down', async () => {
    let recorded: Promise<void> = Promise.resolve();
    api.orders.onStart = (order) => {
      recorded = new Promise((resolve) => setImmediate(resolve)).then(() => recordPlaced(api.db, order));
      return recorded;
    };
    const { id } = (await (await post(orderInput({ externalReference: 'R-9' }))).json()) as Receipt;
    expect(await channel.get(`/v1/orders/${id}`)).toMatchObject({ id });
    await recorded;
  });
});

describe('what support does with an order', () => {
  let id: string;
  beforeAll(async () => {
    api.orders.onStart = (order) => recordPlaced(api.db, order, 'confirmed');
    const answer = await post(orderInput({ externalReference: 'S-1' }), { Prefer: 'wait=10' });
    ({ id } = (await answer.json()) as Receipt);
  });

  it.each([
    ['cancel', { reason: 'changed my mind' }],
    ['hold', { reason: 'looks odd' }],
    ['release', {}],
  ])('%s asks the workflow and answers with the fresh order', async (action, body) => {
    api.orders.asked = [];
    expect(await support.post(`/v1/orders/${id}/${action}`, body)).toMatchObject({ id });
    expect(api.orders.asked).toMatchObject([
      { action, workflowId: 'order:web:S-1', request: { ...body, actor: 'support:support' } },
    ]);
  });

  it('says 409 and what is allowed when the state does not allow it', async () => {
    api.orders.answer = { outcome: 'notAllowed', because: 'It has shipped', allowed: ['requestReturn'] };
    await expect(support.post(`/v1/orders/${id}/cancel`, { reason: 'too late' })).rejects.toMatchObject({
      status: 409,
      problem: { detail: 'It has shipped', allowed: ['requestReturn'] },
    });
  });

  it('lets its time pass in development', async () => {
    await support.post(`/v1/dev/orders/${id}/fast-forward`, { duration: 'P3D' });
    expect(api.orders.fastForwarded).toEqual([{ workflowId: 'order:web:S-1', durationMs: 3 * 86_400_000 }]);
  });
});
