import type { Filter, RuleSet, Scenario } from '../../domain/rules/types';
import { findLocation } from '../../store/catalogue/find-location';
import { saveChannel } from '../../store/catalogue/save-channel';
import { saveLocation } from '../../store/catalogue/save-location';
import { saveProduct } from '../../store/catalogue/save-product';
import { publishRules } from '../../store/rules/publish-rules';
import { readSourcing } from '../../store/read/read-sourcing';
import { at, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => (warehouse = await openWarehouse()));
afterAll(() => warehouse?.close());

let published = 0;
const rest: Scenario = {
  code: 'rest',
  when: { all: [] },
  decides: 'software',
  filters: [],
  scores: {},
  allocation: { split: 'allow' },
  onShortage: { then: 'backorder' },
};
function publish(...scenarios: Scenario[]) {
  const rules: RuleSet = { name: 'test', version: 'draft', currency: 'EUR', scenarios };
  const key = `publish-${(published += 1)}`;
  return publishRules(warehouse.db, { key, rules, note: 'test', actor: 'test', at });
}
const onlyAt = (...filters: Filter[]): Scenario => ({ ...rest, filters });

async function placesOf(orderId: string): Promise<string[]> {
  const rows = await warehouse.db('fulfillments').where('order_id', orderId).orderBy('id');
  return rows.map((row) => row.location_id);
}
async function stocked(...places: string[]): Promise<string> {
  const sku = await warehouse.freshSku();
  for (const place of places) await warehouse.receive(sku, place, 5);
  return sku;
}

test('an order keeps the rules it began with, whatever is published later', async () => {
  const sku = await stocked('alpha', 'beta', 'gamma');
  const unruled = await warehouse.recordOrder({ lines: [{ sku, quantity: 1 }] });
  const { number } = await publish(onlyAt({ locationIn: ['beta'] }));
  const early = await warehouse.recordOrder({ lines: [{ sku, quantity: 1 }] });
  await publish(onlyAt({ locationIn: ['alpha'] }));
  const late = await warehouse.recordOrder({ lines: [{ sku, quantity: 1 }] });
  for (const order of [late, early, unruled]) await warehouse.source(order);
  expect(await placesOf(early.id)).toEqual(['beta']);
  expect(await placesOf(late.id)).toEqual(['alpha']);
  expect(await placesOf(unruled.id)).toEqual(['gamma']);
  const [round] = await readSourcing(warehouse.db, early.id);
  expect(round!.decision).toMatchObject({ ruleVersion: `test/${number}`, strategy: 'test' });
});

test('a channel that names its strategy goes by it', async () => {
  await saveChannel(warehouse.db, {
    ...{ code: 'old', type: 'webshop', name: 'Old shop' },
    settings: { strategy: 'locationPriority' },
  });
  const sku = await stocked('alpha', 'gamma');
  await publish(onlyAt({ locationIn: ['alpha'] }));
  const order = await warehouse.recordOrder({ channel: 'old', lines: [{ sku, quantity: 1 }] });
  await warehouse.source(order);
  expect(await placesOf(order.id)).toEqual(['gamma']);
});

test('scenarios look at the order, its goods, and how busy locations are', async () => {
  const { db } = warehouse;
  const sku = await stocked('alpha', 'beta', 'gamma');
  await saveProduct(db, { sku, title: 'Paint', category: 'paint', hazard: true, weightGrams: 900 });
  // One more than what the other tests of this file have given it.
  const capacityPerDay = 1 + (await db('fulfillments').where('location_id', 'beta')).length;
  await saveLocation(db, { ...(await findLocation(db, 'beta'))!, hazardAllowed: true, capacityPerDay });
  const paint: Scenario = {
    ...rest,
    code: 'paint',
    when: {
      all: [
        { anyLine: { category: ['paint'], hazard: true } },
        { channelType: ['webshop'] },
        { weightGrams: { atLeast: 1800, below: 1801 } },
        { postalCode: { prefix: ['39'] } },
        { time: { zone: 'Europe/Rome', dateFrom: '2026-03-02', dateUntil: '2026-03-02' } },
      ],
    },
    filters: [{ hazardAllowed: true }, { capacityLeft: true }],
  };
  await publish(paint, rest);
  const order = () => warehouse.recordOrder({ postalCode: '39100', lines: [{ sku, quantity: 2 }] });
  // Fulfillments are dated by the database's own clock, so that the day is that of now.
  const now = new Date().toISOString();
  const early = await order();
  await warehouse.source(early);
  expect(await placesOf(early.id)).toEqual(['beta']);
  const late = await order();
  await publish({ ...paint, when: { all: [] } });
  const busy = await order();
  await warehouse.source(busy, 1, now);
  expect(await placesOf(busy.id)).toEqual([]);
  const [round] = await readSourcing(db, busy.id);
  expect(round!.decision['candidates']).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        locationId: 'beta',
        reasons: [`has used ${capacityPerDay} of ${capacityPerDay} of today's capacity`],
      }),
      expect.objectContaining({ locationId: 'alpha', reasons: ['may not handle hazardous goods'] }),
    ]),
  );
  await warehouse.source(late, 1, now);
  expect((await readSourcing(db, late.id))[0]!.decision).toMatchObject({ scenario: { code: 'rest' } });
});

test('what waits is supplied by whom its rules allow, and whole where they say so', async () => {
  const sku = await warehouse.freshSku();
  await publish({ ...onlyAt({ locationNotIn: ['gamma'] }), allocation: { split: 'never' } });
  const order = await warehouse.recordOrder({ lines: [{ sku, quantity: 3 }] });
  await warehouse.source(order);
  await warehouse.receive(sku, 'gamma', 9);
  await warehouse.receive(sku, 'alpha', 2);
  await warehouse.receive(sku, 'beta', 2);
  expect(await placesOf(order.id)).toEqual([]);
  await warehouse.receive(sku, 'beta', 1);
  expect(await placesOf(order.id)).toEqual(['beta']);
});
