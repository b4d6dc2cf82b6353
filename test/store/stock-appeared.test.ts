import type { CommitSourcingInput } from '../../store/sourcing/sourcing-outcome';
import { decide, inForce } from './support/decide';
import { openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => (warehouse = await openWarehouse()));
afterAll(() => warehouse?.close());

/** An order whose rules left what alpha has: all of it is to wait. */
async function leftByRule(pieces: number): Promise<{ sku: string; input: CommitSourcingInput }> {
  const sku = await warehouse.freshSku();
  await warehouse.receive(sku, 'alpha', pieces);
  const input = decide(await warehouse.recordOrder({ lines: [{ sku, quantity: 2 }] }), []);
  const short = input.decision.demand;
  return {
    sku,
    input: {
      ...input,
      ...inForce({ ...input.decision, short }),
      seen: { alpha: { [sku]: pieces } },
    },
  };
}

test('an order may wait beside stock that its decision saw and its rules left', async () => {
  const { input } = await leftByRule(5);
  const committed = await warehouse.store.commitSourcing(input);
  expect(committed).toMatchObject({ outcome: 'committed', sourced: { backordered: [{ quantity: 2 }] } });
});

test('an order does not begin to wait beside stock that came after its decision', async () => {
  const { sku, input } = await leftByRule(5);
  await warehouse.receive(sku, 'alpha', 1);
  expect(await warehouse.store.commitSourcing(input)).toEqual({ outcome: 'stale' });
  expect(await warehouse.db('backorders').where({ sku })).toEqual([]);
});

test('what others took meanwhile is no stock that came', async () => {
  const { sku, input } = await leftByRule(5);
  const other = decide(await warehouse.recordOrder({ lines: [{ sku, quantity: 3 }] }), ['alpha']);
  await warehouse.store.commitSourcing(other);
  expect(await warehouse.store.commitSourcing(input)).toMatchObject({ outcome: 'committed' });
});
