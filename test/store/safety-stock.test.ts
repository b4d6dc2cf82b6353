import { listLedger } from '../../store/stock/list-ledger';
import { setSafetyStock } from '../../store/stock/set-safety-stock';
import { at, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openWarehouse();
});
afterAll(() => warehouse.close());

const set = (key: string, sku: string, safetyStock: number, was?: number) =>
  setSafetyStock(warehouse.db, {
    key,
    sku,
    locationId: 'alpha',
    safetyStock,
    was,
    actor: `admin:${key}`,
    at,
  });

test('of two who saw the same at once one sets it, and the other hears what it is by now and who set it', async () => {
  for (let round = 0; round < 10; round += 1) {
    const sku = await warehouse.freshSku();
    await set(`s-${sku}`, sku, 2);
    const names = [`a-${sku}`, `b-${sku}`];
    const results = await Promise.all(names.map((key, index) => set(key, sku, 5 + index, 2)));
    const winner = results.findIndex(({ outcome }) => outcome === 'done');
    const loser = results[1 - winner]!;
    expect(loser).toMatchObject({
      outcome: 'stale',
      detail: `${5 + winner} are kept back by now, set by admin:${names[winner]}, not 2: look again`,
      stock: [{ safetyStock: 5 + winner }],
      changes: [{ cause: 'safetyStock', safetyStock: 3 + winner, actor: `admin:${names[winner]}` }],
    });
    const { items } = await listLedger(warehouse.db, { sku, limit: 10 });
    expect(items.map(({ safetyStock }) => safetyStock)).toEqual([3 + winner, 2]);
  }
});

test('who sends the same again has set it before', async () => {
  const sku = await warehouse.freshSku();
  expect(await set(`one-${sku}`, sku, 4, 0)).toMatchObject({ outcome: 'done', stock: [{ safetyStock: 4 }] });
  expect(await set(`one-${sku}`, sku, 4, 0)).toMatchObject({
    outcome: 'duplicate',
    stock: [{ safetyStock: 4 }],
  });
  expect(await set(`two-${sku}`, sku, 1)).toMatchObject({ outcome: 'done', stock: [{ safetyStock: 1 }] });
});
