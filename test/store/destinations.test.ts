import type { PlacedOrder } from '../../domain/order/types';
import type { SourcingDecision } from '../../domain/sourcing/types';
import type { CommitSourcingInput, SourcingPart } from '../../store/sourcing/sourcing-outcome';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { decide } from './support/decide';
import { openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => (warehouse = await openWarehouse()));
afterAll(() => warehouse?.close());
afterEach(async () => expect(await findStockDifferences(warehouse.db)).toEqual([]));

/** Two lines of a SKU, the second to an aunt, each supplied by alpha or short. */
function toTwo(order: PlacedOrder, isShort = false): CommitSourcingInput {
  const { decision, ...rest } = decide(order, ['alpha', 'alpha']);
  const partOf = (index: number): SourcingDecision => {
    const demand = [decision.demand[index]!];
    const waits = isShort && index === 1;
    return {
      ...decision,
      demand,
      assignments: waits ? [] : [{ locationId: 'alpha', lines: demand }],
      short: waits ? demand : [],
    };
  };
  const parts = [null, 'aunt'].map((destination, index): SourcingPart => ({
    ...{ destination, mode: 'ship', pickupLocationId: null, terms: null },
    decision: partOf(index),
  }));
  const all = <Item>(of: (part: SourcingDecision) => Item[]): Item[] =>
    parts.flatMap((part) => of(part.decision));
  return {
    ...rest,
    parts,
    decision: { ...decision, assignments: all((part) => part.assignments), short: all((part) => part.short) },
  };
}

const order = async (pieces: number) => {
  const sku = await warehouse.freshSku();
  if (pieces > 0) await warehouse.receive(sku, 'alpha', pieces);
  const lines = [
    { sku, quantity: 1 },
    { sku, quantity: 2 },
  ];
  return { sku, order: await warehouse.recordOrder({ lines }) };
};
const allocated = async (sku: string) =>
  (await warehouse.db('stock').where({ sku }).first('allocated')).allocated;

test('both destinations get their stock and their work in one go, and twice is once', async () => {
  const { sku, order: placed } = await order(3);
  const input = toTwo(placed);
  const first = await warehouse.store.commitSourcing(input);
  expect(await warehouse.store.commitSourcing(input)).toEqual(first);
  expect(first).toMatchObject({
    outcome: 'committed',
    sourced: { fulfillments: [{ locationId: 'alpha' }, { locationId: 'alpha', destination: 'aunt' }] },
  });
  const work = await warehouse
    .db('fulfillments')
    .where('order_id', placed.id)
    .orderBy('id')
    .pluck('destination');
  expect(work).toEqual([null, 'aunt']);
  expect(await allocated(sku)).toBe(3);
});

test('when the stock is not enough for both, none of it is taken', async () => {
  const { sku, order: placed } = await order(2);
  expect(await warehouse.store.commitSourcing(toTwo(placed))).toEqual({ outcome: 'stale' });
  expect(await allocated(sku)).toBe(0);
  expect(await warehouse.db('fulfillments').where('order_id', placed.id)).toEqual([]);
});

test('what waits goes to its own destination when it comes', async () => {
  const { sku, order: placed } = await order(1);
  expect(await warehouse.store.commitSourcing(toTwo(placed, true))).toMatchObject({ outcome: 'committed' });
  await warehouse.receive(sku, 'alpha', 2);
  const work = await warehouse
    .db('fulfillments')
    .where('order_id', placed.id)
    .whereNotNull('destination')
    .select('destination', 'mode');
  expect(work).toEqual([{ destination: 'aunt', mode: 'ship' }]);
  const told = await warehouse.db('outbox').where({ order_id: placed.id, kind: 'signal' }).pluck('payload');
  expect(JSON.stringify(told)).toContain('"destination":"aunt"');
});
