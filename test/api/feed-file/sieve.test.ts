import fc from 'fast-check';
import { createBlockReader } from '../../../api/feed-file/block-reader';
import { createSieve } from '../../../api/feed-file/sieve';
import { placeOf } from '../../../api/feed-file/sku-of-line';
import type { FeedLayout } from '../../../domain/stock/feed-header';

const layouts: FeedLayout[] = [
  { separator: ',', columns: { sku: 0, quantity: 1, unsellable: null, count: 2 } },
  { separator: ';', columns: { sku: 1, quantity: 0, unsellable: null, count: 2 } },
];
// In UTF-16 the last two would stand the other way round.
const skus = ['A', 'A1', 'AB', 'B', 'B-1', 'B1', 'CC', 'a', 'z~', 'À', 'Àb', 'ü', '漢', '～', '😀'];
const arbitraryShelf = fc.dictionary(fc.constantFrom(...skus), fc.nat(2), {
  maxKeys: skus.length,
  noNullPrototype: true,
});

const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
const lineOf = ({ columns, separator }: FeedLayout, sku: string, quantity: number): string =>
  (columns.sku === 0 ? [sku, quantity] : [quantity, sku]).join(separator) + '\n';
const linesOf = (layout: FeedLayout, shelf: Record<string, number>): string[] =>
  Object.keys(shelf)
    .sort(byBytes)
    .map((sku) => lineOf(layout, sku, shelf[sku]!));

/** Lines that are no rows: at the place where it should be they have a SKU of anywhere, or none. */
const arbitraryVoids = fc.array(
  fc.record({
    at: fc.nat(skus.length),
    text: fc.constantFrom('', ' \r', 'A', 'B1,-1', '-1;B1', '😀,x', 'x;😀', ',0', ';0', ',,', ';;'),
  }),
  { maxLength: 3 },
);
/** Among rows, each before the one at its place. */
const amongRows = <T extends { at: number }>(rows: string[], voids: T[], textOf: (each: T) => string) => [
  ...rows.flatMap((row, index) => [...voids.filter(({ at }) => at === index).map(textOf), row]),
  ...voids.filter(({ at }) => at >= rows.length).map(textOf),
];

/** Pieces of whole lines, so many in each. */
const cut = (lines: string[], count: number): Buffer[] =>
  Array.from({ length: Math.ceil(lines.length / count) }, (_, index) =>
    Buffer.from(lines.slice(index * count, (index + 1) * count).join('')),
  );

const sieveBy = (layout: FeedLayout, texts: Buffer[], touched: string[]) =>
  createSieve(
    {
      layout,
      touched: touched.sort(byBytes).map((sku) => Buffer.from(sku)),
      texts: (async function* () {
        for (const text of texts) yield await Promise.resolve(text);
      })(),
    },
    layout,
  );

/** Takes blocks one after the other; tells which lines were understood, and what is gone. */
async function readBy(sieve: ReturnType<typeof sieveBy>, blocks: Buffer[], layout: FeedLayout, from = 2) {
  const fresh: { text: string; line: number }[] = [];
  const gone: string[] = [];
  const outcomes: string[] = [];
  let line = from;
  let rows = 0;
  for (const block of blocks) {
    const reader = createBlockReader(layout, block, 1);
    const takeLine = (at: number, each: number) => {
      const outcome = reader.takeLine(at, each);
      const text = block.toString('utf8', at, block.indexOf('\n', at) + 1);
      if (outcome === 'row') fresh.push({ text, line: each });
      return outcome;
    };
    const sieved = await sieve.take(block, line, { ...reader, takeLine });
    outcomes.push(typeof sieved === 'string' ? sieved : 'sieved');
    if (typeof sieved === 'string') break;
    gone.push(...sieved.gone);
    line += sieved.lines;
    rows += sieved.rows;
  }
  return { fresh, gone, outcomes, line, rows };
}

it('finds each line that is new or touched, and each SKU that is gone, whatever else there is and however both files are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...layouts),
      fc.record({
        before: arbitraryShelf,
        now: arbitraryShelf.filter((shelf) => Object.keys(shelf).length > 0),
      }),
      fc.record({ before: arbitraryVoids, now: arbitraryVoids }),
      fc.subarray(skus),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
      async (layout, { before, now }, voids, touched, beforeCut, nowCut) => {
        // Nothing is kept in the place of what was no row.
        const known = amongRows(linesOf(layout, before), voids.before, () => '\n');
        const sieve = sieveBy(layout, cut(known, beforeCut), [...touched]);
        const lines = amongRows(linesOf(layout, now), voids.now, ({ text }) => `${text}\n`);
        const { fresh, gone, line, rows } = await readBy(sieve, cut(lines, nowCut), layout);
        const named = Object.keys(now).sort(byBytes);
        expect({ line, rows }).toEqual({ line: 2 + lines.length, rows: named.length });
        const isFresh = (sku: string) => touched.includes(sku) || before[sku] !== now[sku];
        expect(fresh).toEqual(
          named.filter(isFresh).map((sku) => {
            const text = lineOf(layout, sku, now[sku]!);
            return { text, line: 2 + lines.indexOf(text) };
          }),
        );
        const upToLast = (sku: string) => byBytes(sku, named.at(-1)!) <= 0;
        const silent = skus.filter((sku) => !(sku in now) && (sku in before || touched.includes(sku)));
        expect(new Set(gone)).toEqual(new Set([...silent, ...touched].filter(upToLast)));
      },
    ),
    { numRuns: 1_000 },
  );
});

it('goes on behind what somebody else has compared', async () => {
  await fc.assert(
    fc.asyncProperty(
      ...[
        arbitraryShelf,
        arbitraryShelf,
        fc.subarray(skus),
        fc.constantFrom(...skus),
        fc.integer({ min: 1, max: 4 }),
      ],
      async (before, now, touched, sku, size) => {
        const layout = layouts[0]!;
        const isBehind = (each: string) => byBytes(each, sku) > 0;
        const sieve = sieveBy(layout, cut(linesOf(layout, before), size), [...touched]);
        const lines = linesOf(layout, now);
        const named = Object.keys(now).sort(byBytes);
        const begin = named.filter((each) => !isBehind(each)).length;
        // Of a block with a record in it some lines may have been read before.
        await readBy(sieve, [Buffer.from(lines.slice(0, begin).join('') + '"\n')], layout);
        await sieve.passTo(placeOf(Buffer.from(sku)));
        const { fresh, gone } = await readBy(sieve, cut(lines.slice(begin), size), layout);
        const isFresh = (each: string) => touched.includes(each) || before[each] !== now[each];
        expect(fresh.map(({ text }) => text)).toEqual(
          named
            .filter((each) => isBehind(each) && isFresh(each))
            .map((each) => lineOf(layout, each, now[each]!)),
        );
        const isSilent = (each: string) => !(each in now) && (each in before || touched.includes(each));
        const isTold = (each: string) =>
          isBehind(each) && begin < named.length && byBytes(each, named.at(-1)!) <= 0;
        expect(new Set(gone)).toEqual(
          new Set(skus.filter((each) => isTold(each) && (isSilent(each) || touched.includes(each)))),
        );
      },
    ),
    { numRuns: 500 },
  );
});

it('leaves a block to others in which a line may be the part of a record', async () => {
  const layout = layouts[0]!;
  const sieve = sieveBy(layout, [Buffer.from('A,1\nC,1\n')], []);
  expect(await readBy(sieve, [Buffer.from('A,1\n"B\nC,1\n",1\n')], layout)).toMatchObject({
    outcomes: ['record'],
  });
});

it.each([
  ['within a block', ['A,1\nC,1\nB,1\n']],
  ['from one block to the next', ['A,1\nC,1\n', 'B,1\n']],
  ['by the same SKU again', ['A,1\nB,1\nB,1\n']],
  ['by a line that the feed before has', ['A,1\nX,1\nB,2\n', 'C,2\n']],
])('knows nothing of what does not ascend %s', async (_, blocks) => {
  const layout = layouts[0]!;
  const sieve = sieveBy(layout, [Buffer.from('B,2\nC,2\n')], []);
  const { outcomes } = await readBy(
    sieve,
    blocks.map((block) => Buffer.from(block)),
    layout,
  );
  expect(outcomes).toContain('disordered');
});
