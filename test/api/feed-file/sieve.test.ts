import fc from 'fast-check';
import { createSieve } from '../../../api/feed-file/sieve';
import type { FeedLayout } from '../../../domain/stock/feed-header';

const layouts: FeedLayout[] = [
  { separator: ',', columns: { sku: 0, quantity: 1, unsellable: null, count: 2 } },
  { separator: ';', columns: { sku: 1, quantity: 0, unsellable: null, count: 2 } },
];
const skus = ['A', 'A1', 'AB', 'B', 'B-1', 'B1', 'C', 'CC', 'a', 'b', 'z~'];
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

it('finds each line that is new or touched, and each SKU that is gone, however both files are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...layouts),
      arbitraryShelf,
      arbitraryShelf.filter((shelf) => Object.keys(shelf).length > 0),
      fc.subarray(skus),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
      async (layout, before, now, touched, beforeCut, nowCut) => {
        const sieve = sieveBy(layout, cut(linesOf(layout, before), beforeCut), [...touched]);
        const fresh: { text: string; line: number }[] = [];
        const gone: string[] = [];
        let line = 2;
        for (const block of cut(linesOf(layout, now), nowCut)) {
          const sieved = (await sieve.take(block, line))!;
          for (const { from, to, line: first } of sieved.fresh)
            block
              .toString('latin1', from, to)
              .trimEnd()
              .split('\n')
              .forEach((text, index) => fresh.push({ text: `${text}\n`, line: first + index }));
          gone.push(...sieved.gone);
          line += sieved.lines;
        }
        const named = Object.keys(now).sort(byBytes);
        expect(line).toBe(2 + named.length);
        const isFresh = (sku: string) => touched.includes(sku) || before[sku] !== now[sku];
        expect(fresh).toEqual(
          named.flatMap((sku, index) =>
            isFresh(sku) ? [{ text: lineOf(layout, sku, now[sku]!), line: 2 + index }] : [],
          ),
        );
        const upToLast = (sku: string) => byBytes(sku, named.at(-1)!) <= 0;
        const silent = skus.filter((sku) => !(sku in now) && (sku in before || touched.includes(sku)));
        expect(new Set(gone)).toEqual(new Set([...silent, ...touched].filter(upToLast)));
      },
    ),
    { numRuns: 1_000 },
  );
});

it.each([
  ['within a block', ['A,1\nC,1\nB,1\n']],
  ['from one block to the next', ['A,1\nC,1\n', 'B,1\n']],
  ['by the same SKU again', ['A,1\nB,1\nB,1\n']],
  ['by a line that the feed before has', ['A,1\nX,1\nB,2\n', 'C,2\n']],
])('knows nothing of what does not ascend %s', async (_, blocks) => {
  const layout = layouts[0]!;
  const sieve = sieveBy(layout, [Buffer.from('B,2\nC,2\n')], []);
  const answers = [];
  for (const block of blocks) answers.push(await sieve.take(Buffer.from(block), 2));
  expect(answers).toContain(null);
});
