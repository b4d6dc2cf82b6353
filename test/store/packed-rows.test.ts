import fc from 'fast-check';
import type { FeedRow } from '../../domain/stock/feed';
import { addChunk } from '../../store/stock-feed/add-chunk';
import { openFeed } from '../../store/stock-feed/open-feed';
import { createRowPacker, packRows } from '../../store/stock-feed/packed-rows';
import { atMinute, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => (warehouse = await openWarehouse(2)));
afterAll(() => warehouse.close());

const arbitraryRows = fc
  .array(
    fc.record({
      sku: fc.oneof(
        fc.string({ minLength: 1, maxLength: 100 }).filter((text) => !text.includes('\u0000')),
        fc
          .string({ unit: 'grapheme', minLength: 1, maxLength: 100 })
          .filter((text) => !text.includes('\u0000')),
        fc.constantFrom('A', 'B', 'NULL', '{}', '"', '\\', ',', ''),
      ),
      quantity: fc.integer({ min: -1_000_000, max: 1_000_000 }),
      unsellable: fc.option(fc.integer({ min: -1_000_000, max: 1_000_000 })),
    }),
    { maxLength: 20 },
  )
  .map((rows) => rows.map((row, index) => ({ line: index * 7 + 2, ...row })));

it('packed rows are read by the database as they were', async () => {
  let feeds = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryRows, async (rows) => {
      const id = `packed-${(feeds += 1)}`;
      await openFeed(warehouse.db, {
        id,
        locationId: 'alpha',
        mode: 'full',
        takenAt: atMinute(0),
        actor: 'test',
      });
      await addChunk(warehouse.db, { feedId: id, position: 0, rows: packRows(rows), problems: [] });
      const chunk: Record<string, unknown> = await warehouse
        .db('stock_feed_chunks')
        .where({ feed_id: id })
        .first();
      expect({ ...chunk, count: rows.length }).toMatchObject({
        lines: rows.map((row) => row.line),
        skus: rows.map((row) => row.sku),
        quantities: rows.map((row) => row.quantity),
        unsellable: rows.map((row) => row.unsellable),
      });
    }),
    { numRuns: 50 },
  );
});

describe('the order of packed rows', () => {
  const bytes = (sku: string) => Buffer.from(sku);
  const isAscending = (rows: readonly FeedRow[]): boolean =>
    rows.every((row, index) => index === 0 || bytes(rows[index - 1]!.sku).compare(bytes(row.sku)) < 0);

  it('is that of their bytes', () => {
    fc.assert(
      fc.property(arbitraryRows, fc.boolean(), (given, isSorted) => {
        const rows = isSorted ? [...given].sort((a, b) => bytes(a.sku).compare(bytes(b.sku))) : given;
        expect(packRows(rows).isAscending).toBe(isAscending(rows));
      }),
    );
  });

  it('is the same for what stands in a text', () => {
    const text = 'AB,B;BA';
    const packer = createRowPacker(3);
    const row = { line: 2, quantity: 1, unsellable: null };
    for (const [from, to] of [
      [0, 2],
      [3, 4],
      [5, 7],
    ] as const)
      packer.addPlain(row, text, from, to);
    const skus = ['AB', 'B', 'BA'];
    expect(packer.packed()).toEqual(packRows(skus.map((sku) => ({ ...row, sku }))));
  });
});
