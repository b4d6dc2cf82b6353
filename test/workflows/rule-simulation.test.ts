import { simulationIdOf } from '../../domain/ids';
import { builtInRuleSets } from '../../domain/rules/built-in';
import { startApi } from '../../runtime/api';
import { pickFreePorts } from '../../runtime/dev/ports';
import { createSimulation } from '../../store/simulation/create-simulation';
import { openShop, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;
beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
}, 120_000);
afterAll(() => system?.stop());

const rules = (name: string, filters: object[], scores: object = {}) => ({
  ...{ name, currency: 'EUR' },
  scenarios: [
    {
      ...{ code: 'all', when: { all: [] }, decides: 'software', filters, scores },
      ...{ allocation: { split: 'allow' }, onShortage: { then: 'backorder' } },
    },
  ],
});

const run = (body: object, idempotencyKey?: string): Promise<OrderView> =>
  shop.as.support.post('/v1/rules/simulations', body, { idempotencyKey });

async function untilOver(id: string): Promise<OrderView> {
  for (;;) {
    const simulation = await shop.as.support.get<OrderView>(`/v1/rules/simulations/${id}`);
    if (['done', 'cancelled'].includes(simulation.state)) return simulation;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const problemsOf = (body: object) =>
  run(body).then(
    () => 'taken',
    (error) => ({
      status: error.status,
      pointers: error.problem.errors?.map((each: OrderView) => each.pointer),
    }),
  );

describe('rules tried on past orders', () => {
  it('tell what would have gone elsewhere, with the draft as it was when it was asked for', async () => {
    await shop.stock('TRY', { north: 20, south: 20 });
    expect(await problemsOf({ rules: 'draft' })).toEqual({ status: 409, pointers: undefined });
    for (const n of [1, 2, 3])
      await shop.place({ reference: `try-${n}`, lines: [{ sku: 'TRY', quantity: n }] });
    await shop.as.admin.put(
      '/v1/rules/draft',
      rules('south only', [{ locationIn: ['south'] }], { perKm: 1 }),
    );

    const asked = await run({ rules: 'draft' }, 'the same request');
    const [again, other] = await Promise.all([
      run({ rules: 'draft' }, 'the same request'),
      run({ rules: 'locationPriority', against: 'fewestSplitsThenNearest' }),
    ]);
    expect(again.id).toBe(asked.id);
    expect(asked).toMatchObject({ rules: 'draft', against: 'decided', requestedBy: 'support:support' });
    // The draft changes; what is tried does not.
    await shop.as.admin.put('/v1/rules/draft', rules('north only', [{ locationIn: ['north'] }]));

    const [done, beside] = await Promise.all([untilOver(asked.id), untilOver(other.id)]);
    expect(done).toMatchObject({
      ...{ state: 'done', done: 3, total: 3, expectedEndAt: null },
      report: {
        ...{ orders: 3, changed: 3, before: { parcels: 3, pieces: 6 }, after: { parcels: 3, pieces: 6 } },
        locations: [
          { locationId: 'north', name: 'Location north', before: { pieces: 6 }, after: { pieces: 0 } },
          { locationId: 'south', before: { pieces: 0 }, after: { pieces: 6 } },
        ],
      },
    });
    const { before, after } = done.report;
    expect(after.cost).toEqual({ total: after.km * 1000, parts: { perKm: after.km * 1000 } });
    expect(before.cost.total).toBe(before.km * 1000);
    expect(beside.report).toMatchObject({ orders: 3, changed: 0 });
  });

  it('can be read order by order, as pages and as a file', async () => {
    const { items } = await shop.as.support.get<OrderView>('/v1/rules/simulations', { limit: 1 });
    const [newest] = items;
    const { id } = await run({ rules: 'draft' });
    await untilOver(id);
    const page = await shop.as.support.get<OrderView>(`/v1/rules/simulations/${id}/orders`, { limit: 2 });
    const next = await shop.as.support.get<OrderView>(`/v1/rules/simulations/${id}/orders`, {
      cursor: page.nextCursor,
    });
    const orders = [...page.items, ...next.items];
    expect(orders.map((each: OrderView) => each.isChanged)).toEqual([false, false, false]);
    const changed = await shop.as.support.get<OrderView>(`/v1/rules/simulations/${newest.id}/orders`, {
      changed: 'true',
    });
    expect(changed.items).toEqual([]);
    const csv = await fetch(`${system.apiUrl}/v1/rules/simulations/${id}/export`, {
      headers: { Authorization: `Bearer ${system.keys.support}` },
    });
    const [header, ...lines] = (await csv.text()).trim().split('\r\n');
    const column = header!.split(',').indexOf('afterKm');
    const sum = lines.reduce((so, line) => so + Number(line.split(',')[column]), 0);
    const { report } = await shop.as.support.get<OrderView>(`/v1/rules/simulations/${id}`);
    expect([lines.length, sum]).toEqual([3, report.after.km]);
    expect(await shop.as.support.post(`/v1/rules/simulations/${id}/cancel`)).toMatchObject({ state: 'done' });
  });

  it('are tried when the API comes back that took them in and died before it had them run', async () => {
    const { id } = await createSimulation(system.db, {
      ...{ id: simulationIdOf('orphan'), key: 'orphan', tried: 'locationPriority', actor: 'test' },
      ...{ rules: builtInRuleSets.locationPriority, against: 'decided', againstRules: null, channel: null },
      ...{ from: '2020-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z', limit: 10 },
      at: new Date().toISOString(),
    });
    const [port] = await pickFreePorts(1);
    const { config, taskQueue } = system;
    const again = await startApi({ ...config, api: { ...config.api, port: port! } }, taskQueue);
    expect(await untilOver(id)).toMatchObject({ state: 'done', done: 3 });
    await again.stop();
  });

  it('are refused where they cannot be tried', async () => {
    expect(await problemsOf({ rules: 9 })).toEqual({ status: 422, pointers: ['/rules'] });
    expect(await problemsOf({ rules: 'draft', against: 7 })).toEqual({ status: 422, pointers: ['/against'] });
    expect(await problemsOf({ rules: 'nonsense' })).toEqual({ status: 422, pointers: ['/rules'] });
    expect(await problemsOf({ rules: 'draft', channel: 'moon' })).toEqual({
      status: 422,
      pointers: ['/channel'],
    });
    const backwards = { from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' };
    expect(await problemsOf({ rules: 'draft', ...backwards })).toEqual({ status: 422, pointers: ['/from'] });
    expect(await problemsOf({ rules: 'draft', limit: 0 })).toEqual({ status: 422, pointers: ['/limit'] });
    await expect(shop.as.support.get('/v1/rules/simulations/none')).rejects.toMatchObject({ status: 404 });
    await expect(shop.as.support.post('/v1/rules/simulations/none/cancel')).rejects.toMatchObject({
      status: 404,
    });
    await expect(shop.as.warehouse.post('/v1/rules/simulations', { rules: 'draft' })).rejects.toMatchObject({
      status: 403,
    });
    const yen = { ...rules('yen', []), currency: 'JPY' };
    await shop.as.admin.put('/v1/rules/draft', yen);
    expect(await problemsOf({ rules: 'draft', against: 'locationPriority' })).toEqual({
      ...{ status: 422, pointers: ['/against'] },
    });
  });
});
