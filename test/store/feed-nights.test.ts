import fc from 'fast-check';
import type { Knex } from 'knex';
import { saveLocation } from '../../store/catalogue/save-location';
import { applyFeed } from '../../store/stock-feed/apply-feed';
import { findFeedBefore } from '../../store/stock-feed/feed-before';
import { readReport } from '../../store/stock-feed/read-report';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { recordMovement } from '../../store/stock/record-movement';
import { handFeedFile } from './support/hand-feed-file';
import { atMinute, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
let skus: string[];
let runs = 0;
beforeAll(async () => {
  warehouse = await openWarehouse();
  skus = (await Promise.all(Array.from({ length: 6 }, () => warehouse.freshSku()))).sort();
});
afterAll(() => warehouse.close());

const actor = 'test';
/** Minutes between two nights. */
const day = 100;

/** What is on each shelf tonight (null: the file does not name it), and what moves before and after the file is made. */
const arbitraryNight = fc.record({
  shelves: fc.array(fc.option(fc.integer({ min: 1, max: 3 })), { minLength: 6, maxLength: 6 }),
  movedBefore: fc.subarray([0, 1, 2, 3, 4, 5], { maxLength: 2 }),
  movedAfter: fc.subarray([0, 1, 2, 3, 4, 5], { maxLength: 2 }),
  stranger: fc.boolean(),
});
type Night = typeof arbitraryNight extends fc.Arbitrary<infer T> ? T : never;
const quietNight: Night = { shelves: [1, 2, 3, 1, 2, 3], movedBefore: [], movedAfter: [], stranger: false };
const quietNights = [quietNight, quietNight, quietNight];

it('night after night what is on the shelves is what the last file says and what came after it', async () => {
  let passedOver = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryNight, { minLength: 2, maxLength: 4 }), async (nights) => {
      const location = await openLocation();
      const now = new Map<string, number>();
      for (const [index, night] of nights.entries()) {
        for (const at of night.movedBefore) await receive(location, skus[at]!, index * day + 50, now);
        const id = `${location}-${index}`;
        const { rows, compared } = await hand(location, id, (index + 1) * day, night);
        now.clear();
        for (const [at, quantity] of night.shelves.entries())
          if (quantity !== null) now.set(skus[at]!, quantity);
        for (const at of night.movedAfter) await receive(location, skus[at]!, (index + 1) * day + 1, now);
        await applyFeed(warehouse.db, { feedId: id, at: atMinute((index + 1) * day + 2), portions: 10 });
        // The database notes by its own clock when a place moved; the nights here have theirs.
        await warehouse
          .db('stock')
          .where({ location_id: location })
          .update({ moved_at: atMinute((index + 1) * day + 2) });
        passedOver += rows - compared;
        if (rows === 0) continue;
        expect(await onShelves(location)).toEqual(Object.fromEntries(now));
        await expectTold(id, rows);
      }
    }),
    { numRuns: 25, examples: [[quietNights]] },
  );
  // Without the feed before, each row of each file is compared; of the quiet nights only the first one's are.
  expect(passedOver).toBeGreaterThanOrEqual(12);
  expect(await findStockDifferences(warehouse.db)).toEqual([]);
});

it('reads of the ledger what came since the last one, however long it is', async () => {
  const location = await openLocation();
  await withLongLedger(location, async () => {
    await handFeedFile(
      warehouse.db,
      { id: location, locationId: location, mode: 'full', takenAt: atMinute(1), actor },
      { text: `sku,quantity\n${skus[0]},1\n` },
    );
    await applyFeed(warehouse.db, { feedId: location, at: atMinute(2), portions: 10 });
    await receive(location, skus[1]!, 3, new Map());
    await warehouse.db.transaction(async (trx) => {
      // As the planner has it of itself where there are a million rows.
      await trx.raw('SET LOCAL enable_sort = off');
      const read = await ledgerRowsRead(trx);
      const before = await findFeedBefore(trx, location);
      expect(before?.touched.map(String)).toEqual([skus[1]]);
      expect((await ledgerRowsRead(trx)) - read).toBeLessThan(100);
    });
  });
});

/** Movements of long ago, of which no counter tells. */
async function withLongLedger(locationId: string, act: () => Promise<void>): Promise<void> {
  const unguarded = (sql: string) =>
    warehouse.db.transaction((trx) => trx.raw(`SET LOCAL session_replication_role = replica; ${sql}`));
  await unguarded(`INSERT INTO stock_ledger (key, sku, location_id, cause, on_hand, at)
    SELECT 'long-' || n, 'SKU', '${locationId}', 'receipt', 1, now() FROM generate_series(1, 10000) AS n`);
  await warehouse.db.raw('ANALYZE stock_ledger');
  try {
    await act();
  } finally {
    await unguarded(`DELETE FROM stock_ledger WHERE key LIKE 'long-%'`);
  }
}

async function ledgerRowsRead(trx: Knex.Transaction): Promise<number> {
  const { rows } = await trx.raw<{ rows: { read: number }[] }>(
    `SELECT (seq_tup_read + idx_tup_fetch)::int AS read FROM pg_stat_xact_user_tables WHERE relname = 'stock_ledger'`,
  );
  return rows[0]!.read;
}

async function openLocation(): Promise<string> {
  const id = `nightly-${(runs += 1)}`;
  await saveLocation(warehouse.db, {
    ...{ id, type: 'warehouse', name: id, capabilities: ['ship'], priority: 1 },
    address: { name: 'x', line1: 'x', postalCode: '40121', city: 'Bologna', country: 'IT' },
  } as Parameters<typeof saveLocation>[1]);
  return id;
}

async function receive(
  locationId: string,
  sku: string,
  minute: number,
  now: Map<string, number>,
): Promise<void> {
  const movement = { type: 'receipt' as const, sku, locationId, quantity: 1 };
  const key = `${locationId}:${sku}:${minute}`;
  const { outcome } = await recordMovement(warehouse.db, { key, movement, actor, at: atMinute(minute) });
  expect(outcome).toBe('done');
  await warehouse
    .db('stock')
    .where({ sku, location_id: locationId })
    .update({ moved_at: atMinute(minute) });
  now.set(sku, (now.get(sku) ?? 0) + 1);
}

/** Hands in a night's file; answers how many rows it has, and how many were compared with the counters. */
async function hand(locationId: string, id: string, minute: number, { shelves, stranger }: Night) {
  const lines = shelves.flatMap((quantity, at) => (quantity === null ? [] : [`${skus[at]},${quantity}\n`]));
  if (lines.length === 0) return { rows: 0, compared: 0 };
  if (stranger) lines.unshift('!stranger,1\n');
  const feed = { id, locationId, mode: 'full' as const, takenAt: atMinute(minute), actor };
  const text = 'sku,quantity\n' + lines.join('');
  const { outcome, comparedTo, compared } = await handFeedFile(warehouse.db, feed, { text });
  expect(outcome).toBe('accepted');
  expect(comparedTo).not.toBeNull();
  return { rows: lines.length, compared };
}

async function onShelves(locationId: string): Promise<Record<string, number>> {
  const rows: { sku: string; on_hand: number }[] = await warehouse
    .db('stock')
    .where({ location_id: locationId })
    .where('on_hand', '>', 0);
  return Object.fromEntries(rows.map((row) => [row.sku, row.on_hand]));
}

/** Each line of the file has its own row in the report, in its order. */
async function expectTold(id: string, rows: number): Promise<void> {
  const told = [];
  for (let position = 0; ; position += 1) {
    const chunk = await readReport(warehouse.db, id, position);
    if (!chunk) break;
    told.push(...chunk);
  }
  const named = told.filter(({ line }) => line !== null);
  expect(named.map(({ line }) => line)).toEqual(Array.from({ length: rows }, (_, index) => index + 2));
  // What was refused last night is refused tonight.
  for (const { sku, outcome } of named)
    if (sku === '!stranger') expect(outcome).toBe('refused');
    else expect(['applied', 'unchanged']).toContain(outcome);
}
