import fc from 'fast-check';
import { movementTypes, type StockMovement } from '../../domain/stock/movement';
import { saveLocation } from '../../store/catalogue/save-location';
import { saveProduct } from '../../store/catalogue/save-product';
import { connect, type Database } from '../../store/connect';
import { recordIncoming } from '../../store/stock/record-incoming';
import { recordMovement } from '../../store/stock/record-movement';
import { createTestDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  db = connect(database.url, 8);
  for (const id of places)
    await saveLocation(db, {
      id,
      type: 'warehouse',
      name: id,
      address: { name: id, line1: 'x', postalCode: '1', city: 'c', country: 'IT' },
      capabilities: ['ship'],
      priority: 100,
      actWithinMs: 1000,
    });
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

const places = ['a', 'b', 'c'];
const at = '2025-03-01T10:00:00.000Z';
let skus = 0;
async function freshSku(): Promise<string> {
  const sku = `M-${++skus}`;
  await saveProduct(db, { sku, title: sku });
  return sku;
}

const record = (key: string, movement: StockMovement) =>
  recordMovement(db, { key, movement, actor: 'test', at });

async function sums(sku: string) {
  const counters = await db('stock')
    .where({ sku })
    .orderBy('location_id')
    .select({ place: 'location_id', onHand: 'on_hand', unsellable: 'unsellable', incoming: 'incoming' });
  const ledger = await db('stock_ledger')
    .where({ sku })
    .groupBy('location_id')
    .orderBy('location_id')
    .select({ place: 'location_id' })
    .sum({ onHand: 'on_hand', unsellable: 'unsellable', incoming: 'incoming' });
  return { counters, ledger };
}

const place = fc.constantFrom(...places);
const someMovement = fc.record({
  type: fc.constantFrom(...movementTypes),
  locationId: place,
  toLocationId: place,
  quantity: fc.integer({ min: -5, max: 9 }),
  reference: fc.constantFrom('PO', undefined),
});

describe('counts of the same shelf at the same time', () => {
  it('are taken once: the others have seen what is not there any more', async () => {
    const sku = await freshSku();
    await record(`start:${sku}`, { sku, locationId: 'a', type: 'receipt', quantity: 20 });
    const counted = Array.from({ length: 8 }, (_, index) =>
      record(`${sku}:${index}`, { sku, locationId: 'a', type: 'count', quantity: index, version: 1 }),
    );
    const results = await Promise.all(counted);
    expect(results.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
    for (const result of results) {
      if (result.outcome !== 'stale') continue;
      expect(result.changes).toMatchObject([{ cause: 'count', actor: 'test', version: 2 }]);
    }
    const winner = results.findIndex(({ outcome }) => outcome === 'done');
    expect((await sums(sku)).counters).toMatchObject([{ onHand: winner }]);
    const again = await record(`${sku}:${winner}`, {
      sku,
      locationId: 'a',
      type: 'count',
      quantity: winner,
      version: 1,
    });
    expect(again.outcome).toBe('duplicate');
  });
});

describe('stock movements', () => {
  it('keep counters and ledger equal and nothing below zero, however they interleave and repeat', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someMovement, { minLength: 1, maxLength: 12 }), async (sketches) => {
        const sku = await freshSku();
        await recordIncoming(db, {
          key: `announce:${sku}`,
          sku,
          locationId: 'a',
          quantity: 10,
          expectedAt: at,
          reference: 'PO',
          actor: 'test',
          at,
        });
        const calls = sketches.map((sketch, index) => () => {
          const quantity =
            sketch.type === 'adjustment' ? sketch.quantity || 1 : Math.abs(sketch.quantity) + 1;
          return record(`${sku}:${index}`, { ...sketch, sku, quantity });
        });
        const first = await Promise.all(calls.map((call) => call()));
        const afterFirst = await sums(sku);
        expect(
          afterFirst.ledger.map((row) => ({
            ...row,
            onHand: Number(row.onHand),
            unsellable: Number(row.unsellable),
            incoming: Number(row.incoming),
          })),
        ).toEqual(afterFirst.counters);
        for (const row of afterFirst.counters) expect(row.onHand).toBeGreaterThanOrEqual(0);

        // What was done is not done again; what was refused left nothing, and may be possible now.
        const done = calls.filter((_call, index) => first[index]!.outcome === 'done');
        const again = await Promise.all(done.map((call) => call()));
        expect(again.map(({ outcome }) => outcome)).toEqual(done.map(() => 'duplicate'));
        expect(await sums(sku)).toEqual(afterFirst);
      }),
      { numRuns: 12 },
    );
  });

  it('in opposite directions at once do not wait for each other for ever', async () => {
    const sku = await freshSku();
    for (const locationId of ['a', 'b'])
      await record(`start:${sku}:${locationId}`, { sku, locationId, type: 'receipt', quantity: 50 });
    const moves = Array.from({ length: 40 }, (_, index) => {
      const [locationId, toLocationId] = index % 2 === 0 ? ['a', 'b'] : ['b', 'a'];
      return record(`${sku}:${index}`, {
        sku,
        locationId: locationId!,
        toLocationId,
        type: 'transfer',
        quantity: 1,
      });
    });
    const outcomes = await Promise.all(moves);
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['done']));
    expect((await sums(sku)).counters.map(({ onHand }) => onHand)).toEqual([50, 50]);
  });
});
