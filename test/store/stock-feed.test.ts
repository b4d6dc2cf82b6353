import fc from 'fast-check';
import { planFeedRows, type FeedMode, type FeedRow } from '../../domain/stock/feed';
import { unclaimed } from '../../domain/stock/availability';
import { acceptFeed } from '../../store/stock-feed/accept-feed';
import { addChunk } from '../../store/stock-feed/add-chunk';
import { applyPortion } from '../../store/stock-feed/apply-portion';
import { applyFeed, feedChunkRows } from '../../store/stock-feed/apply-feed';
import { beginFeed } from '../../store/stock-feed/begin-feed';
import { findFeed } from '../../store/stock-feed/find-feed';
import { readLanes } from '../../store/stock-feed/lanes';
import { packRows } from '../../store/stock-feed/packed-rows';
import { openFeed } from '../../store/stock-feed/open-feed';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { at, atMinute, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
let feeds = 0;
beforeAll(async () => (warehouse = await openWarehouse()));
afterAll(() => warehouse.close());
afterEach(async () => expect(await findStockDifferences(warehouse.db)).toEqual([]));

type Row = Pick<FeedRow, 'sku' | 'quantity'>;

/** A feed that is accepted, a chunk for each list of rows. */
async function accepted(chunks: Row[][], locationId = 'alpha', mode: FeedMode = 'delta'): Promise<string> {
  const id = `feed-${(feeds += 1)}`;
  const takenAt = atMinute(feeds);
  await openFeed(warehouse.db, { id, locationId, mode, takenAt, reference: id, actor: 'test' });
  let line = 1;
  for (const [position, rows] of chunks.entries())
    await addChunk(warehouse.db, {
      feedId: id,
      position,
      rows: packRows(rows.map((row) => ({ ...row, line: (line += 1), unsellable: null }))),
      problems: [],
    });
  const result = await acceptFeed(warehouse.db, {
    id,
    rowsRead: line - 1,
    isAscending: false,
    comparedTo: null,
    contentHash: id,
  });
  expect(result.outcome).toBe('accepted');
  return id;
}

const apply = (feedId: string) => applyFeed(warehouse.db, { feedId, at, portions: 100 });
const onHand = async (sku: string, locationId = 'alpha'): Promise<number> => {
  const row: { on_hand: number } | undefined = await warehouse
    .db('stock')
    .where({ sku, location_id: locationId })
    .first('on_hand');
  return row?.on_hand ?? 0;
};

/** It moved long ago, and lies elsewhere in the table than before. */
const restOn = (sku: string) => warehouse.db('stock').where({ sku }).update({ moved_at: '2020-01-01' });

describe('applying a feed', () => {
  it('happens once, however many do it at the same time, and again afterwards', async () => {
    const skus = await Promise.all(Array.from({ length: 4 }, () => warehouse.freshSku()));
    const rows = skus.map((sku) => ({ sku, quantity: 3 }));
    const id = await accepted([rows, [...rows].reverse(), rows]);
    await Promise.all([apply(id), apply(id), apply(id)]);
    expect(await apply(id)).toEqual({ outcome: 'applied' });
    expect(await Promise.all(skus.map((sku) => onHand(sku)))).toEqual([9, 9, 9, 9]);
    expect(await findFeed(warehouse.db, id)).toMatchObject({
      state: 'applied',
      rows: { read: 12, applied: 12, unchanged: 0, refused: 0 },
    });
  });

  it('is done from two ends where it has much to do, and what it does not name comes last', async () => {
    const { db } = warehouse;
    const many = Array.from({ length: 6_000 }, (_, index) => `laned-${String(index).padStart(5, '0')}`);
    await db.raw(`INSERT INTO products (sku, title) SELECT unnest(CAST(? AS text[])), 'Laned'`, [many]);
    const unnamed = await warehouse.freshSku();
    await apply(await accepted([[{ sku: unnamed, quantity: 4 }]], 'gamma'));
    await restOn(unnamed);
    const chunks = Array.from({ length: 6 }, (_, chunk) =>
      many.slice(chunk * 1_000, (chunk + 1) * 1_000).map((sku) => ({ sku, quantity: 2 })),
    );
    const id = await accepted(chunks, 'gamma', 'full');
    await beginFeed(db, id, feedChunkRows);
    expect(await readLanes(db, id)).toEqual([
      { from: 0, until: 3 },
      { from: 3, until: 6 },
    ]);
    await Promise.all([apply(id), apply(id)]);
    expect(await findFeed(db, id)).toMatchObject({
      state: 'applied',
      rows: { read: 6_000, applied: 6_000, unchanged: 0, refused: 0 },
    });
    const sum = await db('stock')
      .where({ location_id: 'gamma' })
      .whereLike('sku', 'laned-%')
      .sum('on_hand as pieces');
    expect(Number(sum[0]!.pieces)).toBe(12_000);
    expect(await onHand(unnamed, 'gamma')).toBe(0);
  });

  it('takes nothing off when all rows of both ends are refused', async () => {
    const { db } = warehouse;
    const kept = await warehouse.freshSku();
    await apply(await accepted([[{ sku: kept, quantity: 4 }]], 'gamma'));
    await restOn(kept);
    const strangers = (chunk: number) =>
      Array.from({ length: 3_000 }, (_, index) => ({ sku: `stranger-${chunk}-${index}`, quantity: 1 }));
    const id = await accepted([strangers(0), strangers(1)], 'gamma', 'full');
    await apply(id);
    expect(await findFeed(db, id)).toMatchObject({ rows: { applied: 0, refused: 6_000 }, unnamed: 0 });
    expect(await onHand(kept, 'gamma')).toBe(4);
  });

  it('goes on behind the chunk whose answer was lost', async () => {
    const sku = await warehouse.freshSku();
    const id = await accepted([[{ sku, quantity: 5 }], [{ sku, quantity: 7 }]]);
    expect(await applyPortion(warehouse.db, id, at)).toEqual({
      outcome: 'applied',
      last: 0,
      hasGrown: true,
    });
    expect(await onHand(sku)).toBe(5);
    await apply(id);
    expect(await onHand(sku)).toBe(12);
  });

  it('holds no more rows at once that repeat another than rows that are due', async () => {
    const sku = await warehouse.freshSku();
    const same = Array.from({ length: 2_000 }, () => ({ sku, quantity: 5 }));
    // What the counters agree with is not due; each row but the first is told all the same.
    await apply(await accepted([[{ sku, quantity: 5 }]], 'gamma'));
    await restOn(sku);
    const id = await accepted([same, same, same, same], 'gamma', 'full');
    await beginFeed(warehouse.db, id, feedChunkRows);
    expect(await applyPortion(warehouse.db, id, at)).toMatchObject({ last: 1 });
    await apply(id);
    expect(await onHand(sku, 'gamma')).toBe(5);
    expect(await findFeed(warehouse.db, id)).toMatchObject({ rows: { applied: 0, unchanged: 8_000 } });
  });

  it('leaves nothing of a chunk that fails in the middle', async () => {
    const sku = await warehouse.freshSku();
    const id = await accepted([[{ sku, quantity: 5 }]]);
    await warehouse
      .db('stock_ledger')
      .insert({ key: `feed:${id}:2`, sku, location_id: 'alpha', cause: 'feed' });
    await expect(applyPortion(warehouse.db, id, at)).rejects.toThrow('stock_ledger_once');
    expect(await onHand(sku)).toBe(0);
    expect(await findFeed(warehouse.db, id)).toMatchObject({ rows: { applied: 0 } });
  });

  describe('that was compared as it came', () => {
    const locationId = 'beta';
    /** A full feed of one row that has been received, and is not accepted yet. */
    async function received(sku: string, quantity: number) {
      const id = `feed-${(feeds += 1)}`;
      const feed = { locationId, takenAt: atMinute(feeds) };
      const question = { id, ...feed, mode: 'full' as const, reference: id, actor: 'test' };
      expect(await openFeed(warehouse.db, question)).toEqual({ isFirstInLine: true });
      const rows = packRows([{ line: 2, sku, quantity, unsellable: null }]);
      const chunk = { feedId: id, position: 0, rows, problems: [] };
      expect(await addChunk(warehouse.db, chunk, { ...feed, comparedTo: '' })).toEqual({ isCompared: true });
      const accept = () =>
        acceptFeed(warehouse.db, { id, rowsRead: 1, isAscending: true, comparedTo: sku, contentHash: id });
      return { id, accept };
    }
    const shelve = async (quantity: number): Promise<string> => {
      const sku = await warehouse.freshSku();
      await apply(await accepted([[{ sku, quantity }]], locationId));
      await restOn(sku);
      return sku;
    };
    it('is compared anew when another came before it', async () => {
      const sku = await shelve(5);
      feeds += 1;
      const older = atMinute(feeds);
      const { id, accept } = await received(sku, 5);
      const delta = { id: `${id}-delta`, locationId, mode: 'delta' as const, takenAt: older };
      await openFeed(warehouse.db, { ...delta, actor: 'test' });
      const rows = packRows([{ line: 2, sku, quantity: 3, unsellable: null }]);
      await addChunk(warehouse.db, { feedId: delta.id, position: 0, rows, problems: [] });
      const counts = { rowsRead: 1, isAscending: true, comparedTo: null, contentHash: delta.id };
      expect((await acceptFeed(warehouse.db, { id: delta.id, ...counts })).outcome).toBe('accepted');
      expect((await accept()).outcome).toBe('accepted');
      await apply(delta.id);
      expect(await onHand(sku, locationId)).toBe(8);
      await apply(id);
      expect(await onHand(sku, locationId)).toBe(5);
    });

    it('sets a place wherever it has gone meanwhile', async () => {
      const sku = await shelve(5);
      const { id, accept } = await received(sku, 7);
      await restOn(sku);
      await accept();
      await apply(id);
      expect(await onHand(sku, locationId)).toBe(7);
      expect(await findFeed(warehouse.db, id)).toMatchObject({ rows: { applied: 1, refused: 0 } });
    });

    it('leaves it to the whole when its rows do not follow those before', async () => {
      const [first, second] = [await shelve(2), await shelve(2)].sort() as [string, string];
      const { id } = await received(second, 2);
      const rows = packRows([{ line: 3, sku: first, quantity: 4, unsellable: null }]);
      const comparison = { locationId, takenAt: atMinute(feeds), comparedTo: second };
      expect(
        await addChunk(warehouse.db, { feedId: id, position: 1, rows, problems: [] }, comparison),
      ).toEqual({ isCompared: false });
      const counts = { rowsRead: 2, isAscending: false, comparedTo: null, contentHash: id };
      await acceptFeed(warehouse.db, { id, ...counts });
      await apply(id);
      expect(await Promise.all([first, second].map((sku) => onHand(sku, locationId)))).toEqual([4, 2]);
    });
  });

  it('serves the lines that wait, first come first served', async () => {
    const sku = await warehouse.freshSku();
    const first = await warehouse.recordOrder({ lines: [{ sku, quantity: 2 }] });
    const second = await warehouse.recordOrder({ lines: [{ sku, quantity: 2 }], at: atMinute(1) });
    await warehouse.source(first);
    await warehouse.source(second);
    await apply(await accepted([[{ sku, quantity: 3 }]]));
    const held = await warehouse
      .db('allocations')
      .where({ sku })
      .orderBy('key')
      .select('order_id', 'quantity');
    expect(held).toHaveLength(2);
    expect(held).toEqual(
      expect.arrayContaining([
        { order_id: first.id, quantity: 2 },
        { order_id: second.id, quantity: 1 },
      ]),
    );
  });

  it('serves who begins to wait at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const sku = await warehouse.freshSku();
      const order = await warehouse.recordOrder({ lines: [{ sku, quantity: 1 }] });
      const id = await accepted([[{ sku, quantity: 1 }]]);
      await Promise.all([warehouse.source(order), apply(id)]);
      expect(await warehouse.db('allocations').where({ sku }).select('order_id')).toEqual([
        { order_id: order.id },
      ]);
    }
  });
});

describe('the rule of a row', () => {
  const pieces = fc.nat({ max: 20 });
  const arbitraryPlace = fc
    .record({ free: pieces, unsellable: pieces, reserved: pieces, allocated: pieces })
    .map(({ free, ...place }) => ({
      ...place,
      onHand: free + place.unsellable + place.reserved + place.allocated,
      since: { onHand: 0, unsellable: 0, isCounted: false },
    }));
  const arbitraryRow = fc.record({
    line: fc.option(fc.nat(), { nil: null }),
    sku: fc.constant('A'),
    quantity: fc.integer({ min: -30, max: 60 }),
    unsellable: fc.option(fc.integer({ min: -5, max: 20 }), { nil: null }),
  });

  it('never takes a piece that somebody has a claim on, and its changes are its results', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('full' as const, 'delta' as const),
        fc.array(arbitraryRow, { maxLength: 6 }),
        arbitraryPlace,
        (mode, rows, place) => {
          const { results, changes } = planFeedRows(mode, rows, new Map([['A', place]]));
          let now = { onHand: place.onHand, unsellable: place.unsellable };
          for (const result of results) {
            expect(result.before).toEqual(now);
            now = result.after!;
            expect(unclaimed({ ...place, ...now })).toBeGreaterThanOrEqual(0);
            expect(now.unsellable).toBeGreaterThanOrEqual(0);
            expect(result.outcome === 'refused').toBe(result.outcome === 'refused' && result.reason !== null);
          }
          const sum = (of: 'onHand' | 'unsellable') => changes.reduce((so, change) => so + change[of], 0);
          expect(place.onHand + sum('onHand')).toBe(now.onHand);
          expect(place.unsellable + sum('unsellable')).toBe(now.unsellable);
        },
      ),
    );
  });
});
