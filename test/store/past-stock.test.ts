import fc from 'fast-check';
import { playBack } from '../../domain/stock/past';
import { availableNow } from '../../domain/stock/availability';
import { levelOf, type StockRow } from '../../store/stock/stock-level';
import { positionAt, readPastStock } from '../../store/stock/read-past-stock';
import { recordMovement } from '../../store/stock/record-movement';
import { setSafetyStock } from '../../store/stock/set-safety-stock';
import { at, atMinute, locations, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => (warehouse = await openWarehouse()));
afterAll(() => warehouse?.close());

const actor = 'test';
let keys = 0;

const step = fc.oneof(
  fc.record({
    kind: fc.constant('move' as const),
    type: fc.constantFrom('receipt', 'quarantine', 'scrap', 'count'),
    sku: fc.nat(1),
    place: fc.nat(2),
    quantity: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({ kind: fc.constant('safety' as const), sku: fc.nat(1), place: fc.nat(2), quantity: fc.nat(4) }),
  fc.record({
    kind: fc.constant('order' as const),
    sku: fc.nat(1),
    quantity: fc.integer({ min: 1, max: 6 }),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** What is available at each place by the counters, as the stock table says now. */
async function counted(skus: string[]): Promise<Record<string, Record<string, number>>> {
  const rows: StockRow[] = await warehouse.db('stock').whereIn('sku', skus);
  const there: Record<string, Record<string, number>> = {};
  for (const { sku, locationId, available } of rows.map(levelOf)) (there[locationId] ??= {})[sku] = available;
  return there;
}

async function act(each: Step, skus: string[]): Promise<void> {
  const { db, recordOrder, source } = warehouse;
  const sku = skus[each.sku]!;
  if (each.kind === 'order') {
    await source(await recordOrder({ lines: [{ sku, quantity: each.quantity }] }));
    return;
  }
  const place = { sku, locationId: locations[each.place]! };
  const key = `past-${(keys += 1)}`;
  if (each.kind === 'safety') {
    await setSafetyStock(db, { key, ...place, safetyStock: each.quantity, actor, at });
    return;
  }
  const movement = { ...place, type: each.type as 'receipt', quantity: each.quantity };
  await recordMovement(db, { key, movement, actor, at });
}

const lastRow = async (): Promise<number> =>
  (await warehouse.db('stock_ledger').max('id as id').first())!.id ?? 0;

test('the stock as it was is what the counters said then, at every moment, and now', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const skus = [await warehouse.freshSku(), await warehouse.freshSku()];
      const moments: { position: number; available: Awaited<ReturnType<typeof counted>> }[] = [];
      for (const each of steps) {
        await act(each, skus);
        moments.push({ position: await lastRow(), available: await counted(skus) });
      }
      const questions = moments.map(({ position }) => ({ skus, position }));
      const mixed = [...questions].reverse();
      const answers = (await readPastStock(warehouse.db, mixed)).reverse();
      const alone = await Promise.all(questions.map((each) => readPastStock(warehouse.db, [each])));
      for (const [index, { available }] of moments.entries()) {
        // A place that has counters and no row yet is one of which the ledger does not know: nothing was there.
        expect(answers[index]).toEqual(known(available, answers[index]!));
        expect(alone[index]![0]).toEqual(answers[index]);
      }
    }),
    { numRuns: 12 },
  );
});

/** Without places that nobody has ever moved anything at. */
function known(
  available: Record<string, Record<string, number>>,
  told: Record<string, Record<string, number>>,
): Record<string, Record<string, number>> {
  const named = Object.entries(available).map(([locationId, bySku]) => {
    const kept = Object.entries(bySku).filter(([sku, pieces]) => pieces > 0 || told[locationId]?.[sku] === 0);
    return [locationId, Object.fromEntries(kept)] as const;
  });
  return Object.fromEntries(named.filter(([, bySku]) => Object.keys(bySku).length > 0));
}

test('every row of the ledger is a moment: rebuilt one by one, the counters are their running sums', async () => {
  const { db, freshSku, receive, recordOrder, source } = warehouse;
  const sku = await freshSku();
  await receive(sku, 'alpha', 7);
  await receive(sku, 'beta', 2);
  for (const quantity of [3, 4, 2]) await source(await recordOrder({ lines: [{ sku, quantity }] }));
  const rows = await db('stock_ledger').where({ sku }).orderBy('id');
  const sums: Record<string, Record<string, number>> = {};
  for (const row of rows) {
    const so = (sums[row.location_id] ??= { onHand: 0, allocated: 0 });
    so.onHand! += row.on_hand;
    so.allocated! += row.allocated;
    const [then] = await readPastStock(db, [{ skus: [sku], position: row.id }]);
    const expected = Object.entries(sums).map(([locationId, { onHand, allocated }]) => [
      locationId,
      {
        [sku]: availableNow({
          onHand: onHand!,
          allocated: allocated!,
          unsellable: 0,
          reserved: 0,
          safetyStock: 0,
        }),
      },
    ]);
    expect(then).toEqual(Object.fromEntries(expected));
  }
  expect(await readPastStock(db, [{ skus: [sku], position: 0 }])).toEqual([{}]);
  expect(await counted([sku])).toEqual(
    (await readPastStock(db, [{ skus: [sku], position: rows.at(-1).id }]))[0],
  );
});

test('an instant means the last row that is not younger, and a state that really was', async () => {
  const { db, freshSku } = warehouse;
  const sku = await freshSku();
  const receiveAt = (minute: number, quantity: number) =>
    recordMovement(db, {
      key: `instant-${(keys += 1)}`,
      movement: { sku, locationId: 'alpha', type: 'receipt', quantity },
      actor,
      at: atMinute(minute),
    });
  await receiveAt(0, 1);
  await receiveAt(10, 2);
  await receiveAt(20, 4);
  const availableAt = async (minute: number) => {
    const position = await positionAt(db, [sku], atMinute(minute));
    return (await readPastStock(db, [{ skus: [sku], position }]))[0];
  };
  expect(await availableAt(-1)).toEqual({});
  expect(await availableAt(0)).toEqual({ alpha: { [sku]: 1 } });
  expect(await availableAt(15)).toEqual({ alpha: { [sku]: 3 } });
  expect(await availableAt(99)).toEqual({ alpha: { [sku]: 7 } });
});

test('the past of a SKU is read from an index, whatever else the ledger holds', async () => {
  const { db, freshSku, receive } = warehouse;
  const sku = await freshSku();
  await receive(sku, 'alpha', 1);
  await db.raw(`
    INSERT INTO stock_ledger (key, sku, location_id, cause, on_hand)
    SELECT 'filler:' || n, 'FILLER-' || n % 500, 'alpha', 'receipt', 1 FROM generate_series(1, 20000) AS n`);
  await db.raw('VACUUM ANALYZE stock_ledger');
  const plan = await db.raw(
    `EXPLAIN (FORMAT JSON) SELECT sku, location_id, sum(on_hand), sum(unsellable), sum(reserved), sum(allocated),
       sum(safety_stock) FROM stock_ledger WHERE sku = ANY (?) AND id <= 100000 GROUP BY 1, 2`,
    [[sku]],
  );
  const text = JSON.stringify(plan.rows);
  expect(text).toContain('"Index Name":"stock_ledger_sums"');
  expect(text).not.toContain('Seq Scan');
});

test('questions are answered in their order, whatever the order of their moments', () => {
  const place = { sku: 'A', locationId: 'x', unsellable: 0, reserved: 0, allocated: 0, safetyStock: 0 };
  const changes = [3, 5, 9].map((id) => ({ ...place, id, onHand: id }));
  const ask = (position: number) => ({ skus: ['A', 'B'], position });
  const answers = playBack([ask(9), ask(2), ask(5)], [{ ...place, onHand: 1 }], changes);
  expect(answers.map((each) => each.x!.A)).toEqual([18, 1, 9]);
});
