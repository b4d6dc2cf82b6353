import fc from 'fast-check';
import type { Knex } from 'knex';
import { saveLocation } from '../../store/catalogue/save-location';
import { saveProduct } from '../../store/catalogue/save-product';
import { applyFeed } from '../../store/stock-feed/apply-feed';
import { findFeedBefore } from '../../store/stock-feed/feed-before';
import { sortsByBytes } from '../../store/stock-feed/sorts-by-bytes';
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
  // By their bytes: in UTF-16 the last two would stand the other way round.
  skus = ['A-1', 'A-2', 'B', 'Äpfel', '～', '😀'];
  for (const sku of skus) await saveProduct(warehouse.db, { sku, title: sku });
});
afterAll(() => warehouse.close());

const actor = 'test';
/** Minutes between two nights. */
const day = 100;

const each = [0, 1, 2, 3, 4, 5];

/** What is on each shelf tonight (null: the file does not name it), and what moves before and after the file is made. */
const arbitraryNight = fc.record({
  shelves: fc.array(fc.option(fc.integer({ min: 1, max: 3 })), { minLength: 6, maxLength: 6 }),
  movedBefore: fc.subarray(each, { maxLength: 2 }),
  movedAfter: fc.subarray(each, { maxLength: 2 }),
  stranger: fc.boolean(),
  /** Rows that say nothing of their shelves, among those that the file names. */
  bad: fc.subarray(each, { maxLength: 2 }),
  /** Rows with quotes around their SKU. */
  quoted: fc.subarray(each, { maxLength: 1 }),
  /** Before which rows the file is cut into blocks. */
  cuts: fc.subarray(each, { maxLength: 3 }),
});
type Night = typeof arbitraryNight extends fc.Arbitrary<infer T> ? T : never;
const nothing = { movedBefore: [], movedAfter: [], bad: [], quoted: [], cuts: [] };
const quietNight: Night = { shelves: [1, 2, 3, 1, 2, 3], stranger: false, ...nothing };
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
        look(night, now);
        for (const at of night.movedAfter) await receive(location, skus[at]!, (index + 1) * day + 1, now);
        await applyFeed(warehouse.db, { feedId: id, at: atMinute((index + 1) * day + 2), portions: 10 });
        // The database notes by its own clock when a place moved; the nights here have theirs.
        await warehouse
          .db('stock')
          .where({ location_id: location })
          .update({ moved_at: atMinute((index + 1) * day + 2) });
        passedOver += rows.length - compared;
        if (rows.length === 0) continue;
        expect(await onShelves(location)).toEqual(Object.fromEntries(now));
        await expectTold(id, rows);
      }
    }),
    { numRuns: 40, examples: [[quietNights]] },
  );
  // Without the feed before, each row of each file is compared; of the quiet nights only the first one's are.
  expect(passedOver).toBeGreaterThanOrEqual(12);
  expect(await findStockDifferences(warehouse.db)).toEqual([]);
});

it.each([
  ['a bad row', { bad: [0] }, [5, 0, 0]],
  // Of their block every row is compared.
  ['quotes', { quoted: [0] }, [6, 2, 2]],
])('passes over what follows %s at the begin of each night', async (_, odd, compared) => {
  const location = await openLocation();
  const nights = [];
  for (const index of [0, 1, 2]) {
    const id = `${location}-${index}`;
    const handed = await hand(location, id, (index + 1) * day, { ...quietNight, ...odd, cuts: [2] });
    await applyFeed(warehouse.db, { feedId: id, at: atMinute((index + 1) * day + 2), portions: 10 });
    await expectTold(id, handed.rows);
    nights.push(handed.compared);
  }
  expect(nights).toEqual(compared);
});

it('is applied whatever stands in its bad rows', async () => {
  const location = await openLocation();
  const bad = [`${'x'.repeat(99)}😀,1`, `x,${'y'.repeat(38)}😀`];
  for (const minute of [1, 11]) {
    const feed = { id: `${location}-${minute}`, locationId: location, mode: 'full' as const, actor };
    const text = ['sku,quantity', ...bad, `${skus[0]},${minute}\n`].join('\n');
    await handFeedFile(warehouse.db, { ...feed, takenAt: atMinute(minute) }, { text });
    await applyFeed(warehouse.db, { feedId: feed.id, at: atMinute(minute + 1), portions: 10 });
    expect(await onShelves(location)).toEqual({ [skus[0]!]: minute });
  }
});

it('is read by another only where the database sorts as bytes do', async () => {
  const sorts = async (db: Knex) =>
    (await db.raw<{ rows: { sorts: boolean }[] }>(`SELECT ${sortsByBytes} AS sorts`)).rows[0]!.sorts;
  const location = await openLocation();
  await hand(location, location, 1, quietNight);
  await applyFeed(warehouse.db, { feedId: location, at: atMinute(2), portions: 10 });
  expect(await sorts(warehouse.db)).toBe(true);
  expect(await findFeedBefore(warehouse.db, location)).not.toBeNull();
  await warehouse.db.transaction(async (trx) => {
    await trx.raw(`CREATE TEMPORARY TABLE pg_database ON COMMIT DROP AS
      SELECT datname, CAST('c' AS "char") AS datlocprovider, 'en_US.utf8' AS datcollate FROM pg_catalog.pg_database`);
    // What is named without a schema is looked for there first.
    await trx.raw('SET LOCAL search_path = pg_temp, pg_catalog, public');
    expect(await sorts(trx)).toBe(false);
    expect(await findFeedBefore(trx, location)).toBeNull();
  });
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

/** What there is by the file; where that is not said, what there was. */
function look({ shelves, bad }: Night, now: Map<string, number>): void {
  if (shelves.every((quantity, at) => quantity === null || bad.includes(at))) return;
  for (const [at, quantity] of shelves.entries())
    if (quantity === null) now.delete(skus[at]!);
    else if (!bad.includes(at)) now.set(skus[at]!, quantity);
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

interface FileRow {
  line: number;
  sku: string;
  isBad: boolean;
}

/** Hands in a night's file; answers its rows, and how many were compared with the counters. */
async function hand(locationId: string, id: string, minute: number, night: Night) {
  const { text, rows } = fileOf(night);
  if (rows.every(({ isBad }) => isBad)) return { rows: [], compared: 0 };
  const feed = { id, locationId, mode: 'full' as const, takenAt: atMinute(minute), actor };
  const { outcome, comparedTo, compared } = await handFeedFile(warehouse.db, feed, { text });
  expect(outcome).toBe('accepted');
  expect(comparedTo).not.toBeNull();
  return { rows, compared };
}

function fileOf({ shelves, stranger, bad, quoted, cuts }: Night): { text: string; rows: FileRow[] } {
  const lines = ['sku,quantity'];
  const rows: FileRow[] = [];
  const add = (sku: string, written: string, isBad: boolean) => {
    rows.push({ line: lines.push(written), sku, isBad });
  };
  if (stranger) add('!stranger', '!stranger,1', true);
  for (const [at, quantity] of shelves.entries()) {
    // A line of spaces is no row, and as long as a block is.
    if (cuts.includes(at)) lines.push(' '.repeat(65_536));
    if (quantity === null) continue;
    const sku = skus[at]!;
    const isBad = bad.includes(at);
    const figures = isBad ? ['-1', '1,1', 'one'][at % 3]! : quantity;
    add(sku, `${quoted.includes(at) ? `"${sku}"` : sku},${figures}`, isBad);
  }
  return { text: lines.map((line) => `${line}\n`).join(''), rows };
}

async function onShelves(locationId: string): Promise<Record<string, number>> {
  const rows: { sku: string; on_hand: number }[] = await warehouse
    .db('stock')
    .where({ location_id: locationId })
    .where('on_hand', '>', 0);
  return Object.fromEntries(rows.map((row) => [row.sku, row.on_hand]));
}

/** Each row of the file has its own in the report, in its order; what was refused last night is refused tonight. */
async function expectTold(id: string, rows: FileRow[]): Promise<void> {
  const told = [];
  for (let position = 0; ; position += 1) {
    const chunk = await readReport(warehouse.db, id, position);
    if (!chunk) break;
    told.push(...chunk);
  }
  const named = told.filter(({ line }) => line !== null);
  expect(named.map(({ line, sku, outcome }) => ({ line, sku, isBad: outcome === 'refused' }))).toEqual(rows);
  for (const { outcome } of named) expect(['applied', 'unchanged', 'refused']).toContain(outcome);
}
