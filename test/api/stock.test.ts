import { createApiClient, type ApiClient } from '../../api/client';
import { findStockDifferences, type StockDifference } from '../../store/stock/find-stock-differences';
import { setUp } from './support/samples';
import { keyOf, startTestApi, type TestApi } from './support/server';

let api: TestApi;
let warehouse: ApiClient;
let admin: ApiClient;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
  warehouse = createApiClient({ baseUrl: api.url, key: keyOf('warehouse') });
  admin = createApiClient({ baseUrl: api.url, key: keyOf('admin') });
});
afterAll(() => api.close());

interface Results {
  results: { index: number; outcome: string; detail?: string; stock?: Record<string, unknown>[] }[];
}
const move = (movements: object[], idempotencyKey?: string) =>
  warehouse.post<Results>('/v1/stock/movements', { movements }, { idempotencyKey });
const receipt = (sku: string, quantity: number, more: object = {}) => ({
  sku,
  locationId: 'warehouse',
  type: 'receipt',
  quantity,
  ...more,
});
let products = 0;
async function freshSku(): Promise<string> {
  const sku = `STOCK-${++products}`;
  await admin.put(`/v1/products/${sku}`, { title: sku });
  return sku;
}
const of =
  (sku: string) =>
  (differences: StockDifference[]): StockDifference[] =>
    differences.filter((each) => each.sku === sku);
async function levelOf(sku: string, locationId = 'warehouse') {
  const { items } = await warehouse.get<{ items: Record<string, number>[] }>('/v1/stock', {
    sku,
    locationId,
  });
  return items[0];
}

describe('the stock as it was', () => {
  it('is told for a moment, and refused for what is no moment', async () => {
    const [sku, other] = [await freshSku(), await freshSku()];
    await move([receipt(sku, 5), receipt(other, 1)]);
    const { at } = (await api.db('stock_ledger').where({ sku }).first('at'))!;
    await new Promise((resolve) => setTimeout(resolve, 5));
    await move([{ ...receipt(sku, -2), type: 'adjustment', reason: 'broken' }]);
    const read = (when: Date) =>
      warehouse.get<{ items: object[] }>('/v1/stock/past', { sku: [sku, other], at: when.toISOString() });
    expect((await read(at)).items).toContainEqual({ sku, locationId: 'warehouse', available: 5 });
    expect((await read(new Date())).items).toEqual([
      { sku, locationId: 'warehouse', available: 3 },
      { sku: other, locationId: 'warehouse', available: 1 },
    ]);
    expect((await read(new Date(at.getTime() - 60_000))).items).toEqual([]);
    const wrong = warehouse.get('/v1/stock/past', { sku, at: 'yesterday' });
    await expect(wrong).rejects.toMatchObject({ status: 422 });
  });
});

describe('stock movements', () => {
  it('receive, correct, count and move, each with a line in the ledger', async () => {
    const sku = await freshSku();
    const { results } = await move([
      receipt(sku, 10, { reference: 'PO-1' }),
      { ...receipt(sku, -2), type: 'adjustment', reason: 'broken' },
      { ...receipt(sku, 3), type: 'transfer', toLocationId: 'store' },
      { ...receipt(sku, 7), type: 'count' },
    ]);
    expect(results.map(({ index, outcome }) => [index, outcome])).toEqual([
      [0, 'done'],
      [1, 'done'],
      [2, 'done'],
      [3, 'done'],
    ]);
    expect(results[2]!.stock).toMatchObject([
      { locationId: 'store', onHand: 3 },
      { locationId: 'warehouse', onHand: 5 },
    ]);
    expect(await levelOf(sku)).toEqual({
      sku,
      locationId: 'warehouse',
      onHand: 7,
      unsellable: 0,
      reserved: 0,
      allocated: 0,
      safetyStock: 0,
      incoming: 0,
      available: 7,
      version: 4,
    });
    const ledger = await api.db('stock_ledger').where({ sku }).orderBy('id');
    expect(ledger.map((row) => [row.location_id, row.cause, row.on_hand, row.actor])).toEqual([
      ['warehouse', 'receipt', 10, 'warehouse:warehouse'],
      ['warehouse', 'adjustment', -2, 'warehouse:warehouse'],
      ['warehouse', 'transfer', -3, 'warehouse:warehouse'],
      ['store', 'transfer', 3, 'warehouse:warehouse'],
      ['warehouse', 'count', 2, 'warehouse:warehouse'],
    ]);
  });

  it('refuse one entry without spoiling the others', async () => {
    const sku = await freshSku();
    const { results } = await move([
      receipt(sku, 5),
      receipt('NOPE', 1),
      { ...receipt(sku, 1), locationId: 'moon' },
      { ...receipt(sku, 6), type: 'transfer', toLocationId: 'store' },
      { ...receipt(sku, 1), type: 'transfer', toLocationId: 'warehouse' },
      { ...receipt(sku, 1), type: 'transfer', toLocationId: 'moon' },
      { ...receipt(sku, -6), type: 'adjustment' },
      receipt(sku, 1),
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual([
      'done',
      'refused',
      'refused',
      'refused',
      'refused',
      'refused',
      'refused',
      'done',
    ]);
    expect(results.map(({ detail }) => detail)).toEqual([
      undefined,
      expect.stringContaining('NOPE'),
      expect.stringContaining('moon'),
      expect.stringContaining('Only 5'),
      expect.stringContaining('another location'),
      expect.stringContaining('moon'),
      expect.stringContaining('Only 5'),
      undefined,
    ]);
    expect(await levelOf(sku)).toMatchObject({ onHand: 6 });
    expect(await levelOf(sku, 'store')).toBeUndefined();
  });

  it('do not count away what orders hold, and say how much that is', async () => {
    const sku = await freshSku();
    await move([receipt(sku, 5)]);
    await api.db('stock').where({ sku }).update({ allocated: 3 });
    const { results } = await move([
      { ...receipt(sku, 2), type: 'count' },
      { ...receipt(sku, 3), type: 'count' },
    ]);
    expect(results).toMatchObject([
      { outcome: 'refused', detail: expect.stringContaining('3 allocated') },
      { outcome: 'done', stock: [{ onHand: 3, available: 0 }] },
    ]);
  });

  it('happen once for one Idempotency-Key', async () => {
    const sku = await freshSku();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => move([receipt(sku, 4), receipt(sku, 4)], `key-${sku}`)),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await levelOf(sku)).toMatchObject({ onHand: 8 });
  });
});

describe('pieces that cannot be sold', () => {
  it('are put aside, found good again or thrown away, and never more than there are', async () => {
    const sku = await freshSku();
    const { results } = await move([
      receipt(sku, 10),
      { ...receipt(sku, 4), type: 'quarantine', reason: 'wet cartons' },
      { ...receipt(sku, 1), type: 'reinstate' },
      { ...receipt(sku, 2), type: 'scrap', reason: 'mould' },
      { ...receipt(sku, 2), type: 'reinstate' },
      { ...receipt(sku, 2), type: 'scrap' },
      { ...receipt(sku, 8), type: 'quarantine' },
    ]);
    expect(results.map(({ outcome, detail }) => [outcome, detail])).toEqual([
      ['done', undefined],
      ['done', undefined],
      ['done', undefined],
      ['done', undefined],
      ['refused', expect.stringContaining('Only 1 of the 8 on hand are unsellable: 2 cannot be reinstated')],
      ['refused', expect.stringContaining('cannot be scrapped')],
      ['refused', expect.stringContaining('Only 7 of the 8')],
    ]);
    expect(await levelOf(sku)).toMatchObject({ onHand: 8, unsellable: 1, available: 7, version: 4 });
    expect(await findStockDifferences(api.db).then(of(sku))).toEqual([]);
  });
});

describe('the ledger', () => {
  interface Ledger {
    items: Record<string, unknown>[];
    nextCursor?: string;
  }
  const read = (query: Record<string, string>) => warehouse.get<Ledger>('/v1/stock/movements', query);

  it('tells who changed what and why, the newest first, a page at a time', async () => {
    const sku = await freshSku();
    await move([receipt(sku, 10, { reference: 'PO-9', reason: 'first delivery' })]);
    await move([{ ...receipt(sku, 4), type: 'transfer', toLocationId: 'store' }]);
    const keep = (safetyStock: number) =>
      admin.put('/v1/stock/safety', { items: [{ sku, locationId: 'warehouse', safetyStock }] });
    await keep(3);
    await keep(3);
    await keep(1);

    const first = await read({ sku, limit: '2' });
    const second = await read({ sku, limit: '2', cursor: first.nextCursor! });
    const third = await read({ sku, limit: '2', cursor: second.nextCursor! });
    expect([first, second, third].map(({ items }) => items.map(({ cause }) => cause))).toEqual([
      ['safetyStock', 'safetyStock'],
      ['transfer', 'transfer'],
      ['receipt'],
    ]);
    expect(third.nextCursor).toBeUndefined();
    expect(first.items.map(({ safetyStock }) => safetyStock)).toEqual([-2, 3]);
    expect(first.items[0]).toMatchObject({ actor: 'admin:admin', version: null });
    expect(third.items[0]).toMatchObject({
      locationId: 'warehouse',
      onHand: 10,
      actor: 'warehouse:warehouse',
      reason: 'first delivery',
      reference: 'PO-9',
      version: 1,
    });
    expect((await read({ sku, locationId: 'store' })).items).toMatchObject([{ onHand: 4 }]);
    expect((await read({ sku, from: '2999-01-01T00:00:00Z' })).items).toEqual([]);
    expect(await findStockDifferences(api.db).then(of(sku))).toEqual([]);
  });
});

describe('a count that says which stock it saw', () => {
  it('is refused when pieces were moved since, and told which', async () => {
    const sku = await freshSku();
    await move([receipt(sku, 10)]);
    const { version } = (await levelOf(sku))!;
    await move([{ ...receipt(sku, -3), type: 'adjustment', reason: 'stolen' }]);
    const { results } = await move([{ ...receipt(sku, 10), type: 'count', version }]);
    expect(results).toMatchObject([
      {
        outcome: 'stale',
        detail: expect.stringContaining('adjustment -3 on hand'),
        stock: [{ onHand: 7, version: 2 }],
        changes: [{ cause: 'adjustment', onHand: -3, reason: 'stolen', actor: 'warehouse:warehouse' }],
      },
    ]);
    expect(await levelOf(sku)).toMatchObject({ onHand: 7, version: 2 });
    const again = await move([{ ...receipt(sku, 6), type: 'count', version: 2 }]);
    expect(again.results).toMatchObject([{ outcome: 'done', stock: [{ onHand: 6, version: 3 }] }]);
  });

  it('does not mind what leaves every piece where it is', async () => {
    const sku = await freshSku();
    await move([receipt(sku, 10)]);
    await api.db('stock').where({ sku }).update({ allocated: 4 });
    const { results } = await move([{ ...receipt(sku, 9), type: 'count', version: 1 }]);
    expect(results).toMatchObject([{ outcome: 'done' }]);
  });

  it('may be of a place that never had the SKU: version 0', async () => {
    const sku = await freshSku();
    const { results } = await move([
      { ...receipt(sku, 2), type: 'count', version: 0 },
      { ...receipt(sku, 2), type: 'count', version: 0 },
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'stale']);
  });
});

describe('incoming supply', () => {
  it('is announced, seen, and taken from by the receipt that names it', async () => {
    const sku = await freshSku();
    const announce = (quantity: number, expectedAt: string, reference?: string) => ({
      sku,
      locationId: 'warehouse',
      quantity,
      expectedAt,
      reference,
    });
    const { results } = await warehouse.post<Results>('/v1/stock/incoming', {
      incoming: [
        announce(10, '2030-02-01T00:00:00+01:00', 'PO-7'),
        announce(5, '2030-01-01T00:00:00Z', 'PO-7'),
        announce(3, '2030-03-01T00:00:00Z'),
        { ...announce(1, '2030-03-01T00:00:00Z'), sku: 'NOPE' },
      ],
    });
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'refused']);
    expect(await levelOf(sku)).toMatchObject({ onHand: 0, incoming: 18, available: 0 });

    await move([receipt(sku, 7, { reference: 'PO-7' }), receipt(sku, 2)]);
    expect(await levelOf(sku)).toMatchObject({ onHand: 9, incoming: 11, available: 9 });
    expect(await warehouse.get('/v1/availability', { sku })).toEqual({
      items: [
        {
          sku,
          available: 9,
          locations: [
            { locationId: 'warehouse', type: 'warehouse', available: 9, capabilities: ['ship', 'returns'] },
          ],
          incoming: [
            { locationId: 'warehouse', quantity: 8, expectedAt: '2030-01-31T23:00:00.000Z' },
            { locationId: 'warehouse', quantity: 3, expectedAt: '2030-03-01T00:00:00.000Z' },
          ],
        },
      ],
    });
    // More than was announced under this name: the rest is simply there.
    await move([receipt(sku, 20, { reference: 'PO-7' })]);
    expect(await levelOf(sku)).toMatchObject({ onHand: 29, incoming: 3 });
    const sums = await api
      .db('stock_ledger')
      .where({ sku })
      .sum({ onHand: 'on_hand', incoming: 'incoming' })
      .first();
    expect(sums).toEqual({ onHand: 29, incoming: 3 });
  });
});

describe('availability', () => {
  it('is what is on hand and free above the safety stock, summed over locations that can supply', async () => {
    const sku = await freshSku();
    await move([receipt(sku, 10), { ...receipt(sku, 4), locationId: 'store' }]);
    await api
      .db('stock')
      .where({ sku, location_id: 'warehouse' })
      .update({ allocated: 2, unsellable: 1, reserved: 1 });
    const set = await admin.put<Results>('/v1/stock/safety', {
      items: [
        { sku, locationId: 'warehouse', safetyStock: 3 },
        { sku, locationId: 'store', safetyStock: 9 },
        { sku: 'NOPE', locationId: 'store', safetyStock: 9 },
      ],
    });
    expect(set.results.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'refused']);

    const anywhere = await warehouse.get('/v1/availability', { sku });
    expect(anywhere).toMatchObject({
      items: [
        {
          available: 3,
          locations: [
            { locationId: 'store', available: 0 },
            { locationId: 'warehouse', available: 3 },
          ],
        },
      ],
    });
    // The store hands over and does not ship.
    const shipped = await warehouse.get('/v1/availability', { sku, country: 'IT', postalCode: '40124' });
    expect(shipped).toMatchObject({ items: [{ available: 3, locations: [{ locationId: 'warehouse' }] }] });
  });

  it('promises days from the soonest place, and where it can be collected, before anybody buys', async () => {
    const sku = await freshSku();
    interface Told {
      items: {
        promise: { locationId: string; earliest: string; latest: string; reasons: string[] } | null;
        pickup: { locationId: string; available: number; readyBy: { earliest: string; latest: string } }[];
      }[];
    }
    const ask = async (more: object = {}) =>
      (await warehouse.get<Told>('/v1/availability', { sku, country: 'IT', ...more })).items[0]!;
    expect(await ask()).toMatchObject({ promise: null, pickup: [] });
    await move([receipt(sku, 3), { ...receipt(sku, 2), locationId: 'store' }]);
    const standard = await ask();
    expect(standard.promise).toMatchObject({ locationId: 'warehouse' });
    expect(standard.promise!.reasons.join()).toMatch(/standard takes 1 to 3 working days from IT to IT/);
    expect(standard.pickup).toMatchObject([{ locationId: 'store', available: 2 }]);
    expect(standard.pickup[0]!.readyBy.latest <= standard.promise!.latest).toBe(true);
    const express = await ask({ service: 'express' });
    expect(express.promise!.latest < standard.promise!.latest).toBe(true);
    const abroad = await ask({ country: 'DE' });
    expect(abroad.promise!.latest > standard.promise!.latest).toBe(true);
    expect(abroad.pickup).toEqual([]);
  });

  it('answers for several SKUs in the order asked, once each, also for what nobody has', async () => {
    const [first, second] = [await freshSku(), await freshSku()];
    await move([receipt(second, 1)]);
    const answer = await warehouse.get<{ items: { sku: string; available: number }[] }>('/v1/availability', {
      sku: [second, first, second],
    });
    expect(answer.items.map(({ sku, available }) => [sku, available])).toEqual([
      [second, 1],
      [first, 0],
    ]);
  });

  it('sees a location change at once', async () => {
    const sku = await freshSku();
    await move([{ ...receipt(sku, 2), locationId: 'store' }]);
    const read = () =>
      warehouse.get<{ items: { available: number }[] }>('/v1/availability', { sku, country: 'IT' });
    expect((await read()).items[0]!.available).toBe(0);
    const store = await admin.get<Record<string, unknown>>('/v1/locations/store');
    const { id: _, ...body } = store;
    await admin.put('/v1/locations/store', { ...body, capabilities: ['ship', 'pickup'] });
    expect((await read()).items[0]!.available).toBe(2);
  });
});
