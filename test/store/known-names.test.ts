import { warningsOf } from '../../domain/rules/warnings';
import type { Condition, RuleSet } from '../../domain/rules/types';
import { readKnownNames } from '../../store/rules/known-names';
import { openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => (warehouse = await openWarehouse(2)));
afterAll(() => warehouse?.close());

const asked = { categories: [], tags: [], customerGroups: ['staff', 'stuff'] };

async function warned(when: Condition): Promise<string[]> {
  const known = await readKnownNames(warehouse.db, asked);
  const rules = { name: 'x', version: 'draft', currency: 'EUR', scenarios: [{ when, filters: [] }] };
  return warningsOf(rules as unknown as RuleSet, known).map(({ detail }) => detail);
}

test('a group that no customer is in is told, once there are orders to know it by', async () => {
  const when = { customerGroup: ['staff', 'stuff'] };
  expect(await warned(when)).toEqual([]);
  const sku = await warehouse.freshSku();
  const plain = await warehouse.recordOrder({ lines: [{ sku, quantity: 1 }] });
  expect(await warned(when)).toHaveLength(2);
  await warehouse
    .db('orders')
    .where('id', plain.id)
    .update({ content: JSON.stringify({ ...plain, customer: { ...plain.customer, group: 'staff' } }) });
  expect(await warned(when)).toEqual(['No recent order is of a customer in group "stuff" now']);
});
