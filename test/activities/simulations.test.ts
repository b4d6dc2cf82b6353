import { createSimulationActivities } from '../../activities/simulations';
import { simulationIdOf } from '../../domain/ids';
import { builtInRuleSets } from '../../domain/rules/built-in';
import type { RuleSet } from '../../domain/rules/types';
import { assumptionsOf } from '../../domain/simulation/assumptions';
import { addUp, emptyReport } from '../../domain/simulation/report';
import { saveChannel } from '../../store/catalogue/save-channel';
import { findLocation } from '../../store/catalogue/find-location';
import { saveLocation } from '../../store/catalogue/save-location';
import { createSimulation } from '../../store/simulation/create-simulation';
import { cancelSimulation } from '../../store/simulation/end-simulation';
import { forgetTriedOrders } from '../../store/simulation/forget-tried-orders';
import { findSimulation } from '../../store/simulation/find-simulation';
import { listTriedOrders, type TriedOrderView } from '../../store/simulation/list-tried-orders';
import { saveTariff } from '../../store/tariff/save-tariff';
import { recordMovement } from '../../store/stock/record-movement';
import { toldOf } from '../../activities/confirm/promised-parts';
import { partPromises } from '../../domain/promise/part-promise';
import { at, atMinute, openWarehouse, type Warehouse } from '../store/support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse();
  const points = {
    alpha: { lat: 44.5, lng: 11.3 },
    beta: { lat: 41.9, lng: 12.5 },
    gamma: { lat: 48.2, lng: 16.4 },
  };
  for (const [id, point] of Object.entries(points)) {
    const location = (await findLocation(warehouse.db, id))!;
    await saveLocation(warehouse.db, { ...location, address: { ...location.address, point } });
  }
  for (const code of [
    'first',
    'second',
    'third',
    'fourth',
    'busy',
    'strategic',
    'quoted',
    'collected',
    'forgotten',
  ])
    await saveChannel(warehouse.db, { code, type: 'webshop', name: code, settings: {} });
});
afterAll(() => warehouse?.close());

const cheapest: RuleSet = {
  ...builtInRuleSets.fewestSplitsThenNearest,
  name: 'dear splits',
  scenarios: [
    { ...builtInRuleSets.fewestSplitsThenNearest.scenarios[0]!, filters: [{ locationNotIn: ['alpha'] }] },
  ],
};

/** As they go on all day: receipts and orders by turns, some of them for more than there is. */
async function playDay(channel: string, orders: number): Promise<void> {
  const { db, freshSku, recordOrder, source } = warehouse;
  const skus = await Promise.all([0, 1, 2].map(() => freshSku()));
  for (let n = 0; n < orders; n += 1) {
    const place = { sku: skus[n % 3]!, locationId: ['alpha', 'beta', 'gamma'][(n + Math.floor(n / 3)) % 3]! };
    const movement = { ...place, type: 'receipt' as const, quantity: 1 + ((n * 5) % 6) };
    const key = `${channel}-${n}`;
    await recordMovement(db, { key, movement, actor: 'test', at: atMinute(n - 0.5) });
    const lines = [n, n + 1].map((each) => ({ sku: skus[each % 3]!, quantity: 1 + ((n * 3 + each) % 3) }));
    await source(await recordOrder({ channel, lines, at: atMinute(n) }));
  }
}

let keys = 0;
async function simulate(channel: string | null, rules: RuleSet, more: object = {}): Promise<string> {
  const key = `simulation-${(keys += 1)}`;
  const { id } = await createSimulation(warehouse.db, {
    ...{
      id: simulationIdOf(key),
      key,
      tried: 'draft',
      rules,
      against: 'decided',
      againstRules: null,
      channel,
    },
    ...{ from: atMinute(-1), to: atMinute(600), limit: 1000, actor: 'test', at },
    ...more,
  });
  return id;
}

const activities = () => createSimulationActivities({ store: warehouse.store });
async function runToEnd(simulationId: string): Promise<void> {
  for (const steps = activities(); ;)
    if ((await steps.tryPastOrders({ simulationId, at })).outcome === 'over') return;
}

const read = async (id: string) => (await findSimulation(warehouse.db, id))!;
async function ordersOf(simulationId: string): Promise<TriedOrderView[]> {
  return (await listTriedOrders(warehouse.db, { simulationId, limit: 10_000 })).items;
}

test('by the rules that were in force each past order is decided as it was: so the past is rebuilt rightly', async () => {
  await playDay('first', 40);
  const id = await simulate('first', builtInRuleSets.fewestSplitsThenNearest);
  await runToEnd(id);
  const orders = await ordersOf(id);
  expect(orders).toHaveLength(40);
  expect(orders.filter((each) => each.isChanged)).toEqual([]);
  const { report } = await read(id);
  expect(report.before).toEqual(report.after);
  // The day had all of it: orders in one parcel, in several, and for more than there was.
  expect(report.before.splits).toBeGreaterThan(0);
  expect(report.before.shortPieces).toBeGreaterThan(0);
  expect(report.promise.same).toBeGreaterThan(0);
});

test('orders that would go elsewhere are told with both decisions, and totals are the sums of the rows', async () => {
  await playDay('second', 30);
  const id = await simulate('second', cheapest);
  await runToEnd(id);
  const simulation = await read(id);
  const orders = await ordersOf(id);
  expect(simulation).toMatchObject({ state: 'done', total: 30, done: 30 });
  expect(simulation.report).toEqual(addUp(emptyReport, orders));
  expect(simulation.report.changed).toBe(orders.filter((each) => each.isChanged).length);
  expect(simulation.report.locations['alpha']).toMatchObject({ after: { parcels: 0, pieces: 0 } });
  const changed = orders.find((each) => each.isChanged)!;
  const reasons = changed.after.decision!.candidates.find(
    ({ locationId }) => locationId === 'alpha',
  )?.reasons;
  expect(reasons).toContain('is among the locations left out');
  expect(changed.before.decision!.ruleVersion).toMatch(/^built-in/);
  const same = orders.find((each) => !each.isChanged);
  expect(same === undefined || same.after.decision === undefined).toBe(true);
});

test('whoever goes on with a simulation, however often and at once, each order stands there once', async () => {
  await playDay('third', 70);
  const id = await simulate('third', cheapest);
  const whole = await simulate('third', cheapest);
  await runToEnd(whole);
  const losing = createSimulationActivities({
    store: {
      ...warehouse.store,
      // The batch is written down, and nobody hears of it.
      recordTried: async (input) => {
        await warehouse.store.recordTried(input);
        throw new Error('lost');
      },
    },
  });
  await expect(losing.tryPastOrders({ simulationId: id, at })).rejects.toThrow('lost');
  expect((await read(id)).done).toBe(50);
  await Promise.all([runToEnd(id), runToEnd(id), runToEnd(id)]);
  const figures = (orders: TriedOrderView[]) =>
    orders.map(({ before, after, ...rest }) => ({ ...rest, before, after }));
  expect(figures(await ordersOf(id))).toEqual(figures(await ordersOf(whole)));
  expect((await read(id)).report).toEqual((await read(whole)).report);
});

test('cancelled in the middle it keeps what it has found, and goes no further', async () => {
  const id = await simulate('third', cheapest);
  const cancelling = createSimulationActivities({
    store: {
      ...warehouse.store,
      recordTried: async (input) => {
        const recorded = await warehouse.store.recordTried(input);
        await cancelSimulation(warehouse.db, id, at);
        return recorded;
      },
    },
  });
  expect(await cancelling.tryPastOrders({ simulationId: id, at })).toEqual({ outcome: 'over' });
  await runToEnd(id);
  expect(await read(id)).toMatchObject({ state: 'cancelled', done: 50, total: 70, report: { orders: 50 } });
});

test('it ends where it is told to: at its limit, at the end of its period, or where it was cancelled', async () => {
  await playDay('fourth', 12);
  const few = await simulate('fourth', cheapest, { limit: 5 });
  const early = await simulate('fourth', cheapest, { to: atMinute(3) });
  const cancelled = await simulate('fourth', cheapest);
  expect(await cancelSimulation(warehouse.db, cancelled, at)).toMatchObject({ state: 'cancelled' });
  for (const id of [few, early, cancelled]) await runToEnd(id);
  expect([await read(few), await read(early), await read(cancelled)]).toMatchObject([
    { state: 'done', done: 5, total: 5 },
    { state: 'done', done: 3, total: 3 },
    { state: 'cancelled', done: 0, total: null },
  ]);
  expect(await cancelSimulation(warehouse.db, few, at)).toMatchObject({ state: 'done' });
});

test('a channel that names its strategy follows no published rules, and is left out unless it is asked for', async () => {
  const sku = await warehouse.freshSku();
  await warehouse.receive(sku, 'beta', 3);
  const settings = { strategy: 'locationPriority' as const };
  await saveChannel(warehouse.db, { code: 'strategic', type: 'x', name: 'S', settings });
  for (const channel of ['strategic', 'busy'])
    await warehouse.source(
      await warehouse.recordOrder({ channel, lines: [{ sku, quantity: 1 }], at: atMinute(700) }),
    );
  const period = { from: atMinute(650), to: atMinute(750) };
  const all = await simulate(null, cheapest, period);
  const own = await simulate('strategic', cheapest, period);
  for (const id of [all, own]) await runToEnd(id);
  expect((await ordersOf(all)).map(({ channel }) => channel)).toEqual(['busy']);
  expect((await ordersOf(own)).map(({ channel }) => channel)).toEqual(['strategic']);
});

test('what carriers ask is told of both decisions, and their days make the promise', async () => {
  const { db, freshSku, receive, recordOrder, source } = warehouse;
  const sku = await freshSku();
  for (const place of ['alpha', 'gamma']) await receive(sku, place, 5);
  const zone = (code: string, base: number, days: number) => ({
    ...{ code, from: [{ locationId: code }], to: [{ country: 'IT' }] },
    ...{ rates: [{ base, perKg: 0 }], transitDays: { min: days, max: days } },
  });
  const tariff = {
    ...{ id: 'post', carrier: 'post', service: 'parcel', methods: ['standard'], currency: 'EUR' },
    ...{ validFrom: '2020-01-01', zones: [zone('gamma', 900, 1), zone('alpha', 400, 4)] },
  };
  await saveTariff(db, tariff, { actor: 'test', at });
  const order = { channel: 'quoted', lines: [{ sku, quantity: 2 }], at: atMinute(2000) };
  await source(await recordOrder(order));
  const rules: RuleSet = {
    ...cheapest,
    scenarios: [{ ...cheapest.scenarios[0]!, filters: [], scores: { shippingCost: 2 } }],
  };
  const id = await simulate('quoted', rules, { from: atMinute(1999), to: atMinute(2001) });
  await runToEnd(id);
  const [tried] = await ordersOf(id);
  expect(tried).toMatchObject({
    isChanged: true,
    before: { locations: [{ locationId: 'gamma' }], shippingCost: 900_000, cost: { total: 1_800_000 } },
    after: { locations: [{ locationId: 'alpha' }], shippingCost: 400_000, cost: { total: 800_000 } },
  });
  expect(tried!.daysLater).toBeGreaterThanOrEqual(3);
  const simulation = await read(id);
  expect(simulation.report.promise).toMatchObject({ later: 1, daysLater: tried!.daysLater });
  expect(assumptionsOf(simulation, simulation.report).join(' ')).toContain('tariffs that are kept now');
  expect(assumptionsOf(simulation).join(' ')).not.toContain('tariffs');
});

test('what is sent to a store is there when the store has taken it in, as it was promised', async () => {
  const { db, freshSku, receive, recordOrder, source, store } = warehouse;
  const address = { name: 'Plaza', line1: 'Via Po 1', city: 'Torino', postalCode: '10121', country: 'IT' };
  await saveLocation(db, {
    ...{ id: 'sim-plaza', type: 'store', name: 'Plaza', address, capabilities: ['pickup'], priority: 900 },
    ...{ actWithinMs: 5 * 86_400_000, pickupWhenShort: 'send' },
  });
  const sku = await freshSku();
  await receive(sku, 'alpha', 2);
  const order = await recordOrder({
    ...{ channel: 'collected', lines: [{ sku, quantity: 2 }], at: atMinute(3000) },
    ...{ mode: 'pickup', locationId: 'sim-plaza' },
  });
  await source(order);
  const facts = await store.readPromiseFacts({ orderId: order.id, at: atMinute(3000) });
  const promised = toldOf(partPromises(facts!, atMinute(3000)))!.latest;
  const usual = builtInRuleSets.fewestSplitsThenNearest;
  const id = await simulate('collected', usual, { from: atMinute(2999), to: atMinute(3001) });
  await runToEnd(id);
  const [tried] = await ordersOf(id);
  expect(tried).toMatchObject({ before: { promised }, after: { promised }, daysLater: 0 });
});

test('rules that ask how busy a location was are told what it had been given by then', async () => {
  const { db, freshSku, receive, recordOrder, source } = warehouse;
  const sku = await freshSku();
  for (const place of ['alpha', 'beta']) await receive(sku, place, 20);
  await saveLocation(db, { ...(await findLocation(db, 'beta'))!, capacityPerDay: 2 });
  for (let n = 0; n < 4; n += 1) {
    const order = await recordOrder({
      channel: 'busy',
      lines: [{ sku, quantity: 1 }],
      at: atMinute(1000 + n),
    });
    const { fulfillments } = await source(order);
    const id = fulfillments[0]!.fulfillmentId;
    // As if all had gone to Beta, each some seconds after it was decided.
    await db('fulfillments')
      .where({ id })
      .update({ location_id: 'beta', created_at: new Date(Date.parse(atMinute(1000 + n)) + 5000) });
  }
  const rules: RuleSet = {
    ...cheapest,
    scenarios: [{ ...cheapest.scenarios[0]!, filters: [{ locationIn: ['beta'] }, { capacityLeft: true }] }],
  };
  const id = await simulate('busy', rules, { from: atMinute(999), to: atMinute(1100) });
  await runToEnd(id);
  expect((await ordersOf(id)).map(({ after }) => after.pieces)).toEqual([1, 1, 0, 0]);
});

test('a simulation that is old forgets its orders and keeps the sums of their figures; others keep both', async () => {
  const { db } = warehouse;
  await playDay('forgotten', 6);
  const [old, fresh] = [await simulate('forgotten', cheapest), await simulate('forgotten', cheapest)];
  for (const id of [old, fresh]) await runToEnd(id);
  const { report } = await read(old);
  expect(report.orders).toBe(6);
  await db('rule_simulations').where({ id: old }).update({ ended_at: '2020-01-01' });
  const olderThanMs = Date.now() - Date.parse('2020-06-01');
  await Promise.all([forgetTriedOrders(db, { olderThanMs }), forgetTriedOrders(db, { olderThanMs })]);
  expect(await ordersOf(old)).toEqual([]);
  expect(await read(old)).toMatchObject({ report, ordersForgottenAt: expect.any(String) });
  expect(await ordersOf(fresh)).toHaveLength(6);
  expect(await read(fresh)).toMatchObject({ ordersForgottenAt: null });
});
