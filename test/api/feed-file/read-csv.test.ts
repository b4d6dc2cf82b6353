import fc from 'fast-check';
import type { FeedMode } from '../../../domain/stock/feed';
import { separatorOf } from '../../../domain/stock/feed-header';
import { readFeedRow, type ReadFeedRow } from '../../../domain/stock/feed-row';
import type { FeedRows } from '../../../api/feed-file/feed-rows';
import { readCsv } from '../../../api/feed-file/read-csv';

const cell = {
  sku: fc.oneof(
    fc.constantFrom(
      'A',
      'a b',
      ' A',
      'A ',
      '',
      'È',
      'A"B',
      'A,B',
      'A;B',
      'x\ty',
      'A\nB',
      '~',
      '\u007f',
      'x'.repeat(101),
    ),
    fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !/[\r\u0000]/.test(text)),
  ),
  number: fc.oneof(
    fc.nat(50).map(String),
    fc.constantFrom(
      '1000000',
      '1000001',
      '9999999',
      '007',
      '0000000001',
      '-1',
      '+1',
      '1.0',
      '1.5',
      '',
      ' 3',
      '4 ',
      'x',
      '١',
    ),
  ),
};
const names = ['sku', 'quantity', 'unsellable'] as const;

const arbitraryFile = fc.record({
  mode: fc.constantFrom<FeedMode>('full', 'delta'),
  separator: fc.constantFrom(',', ';', '\t'),
  columns: fc.constantFrom<string[]>(
    ['sku', 'quantity'],
    ['quantity', 'sku'],
    ['sku', 'unsellable', 'quantity'],
    [...names],
  ),
  rows: fc.array(
    fc.record({
      sku: cell.sku,
      quantity: cell.number,
      unsellable: cell.number,
      quoted: fc.boolean(),
      end: fc.constantFrom('\n', '\r\n'),
    }),
    { minLength: 1, maxLength: 20 },
  ),
  pieceBytes: fc.integer({ min: 1, max: 200 }),
});

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const mustBeQuoted = (text: string, separator: string): boolean =>
  /["\n\r]/.test(text) || text.includes(separator);

async function read(mode: FeedMode, file: Buffer, pieceBytes: number): Promise<ReadFeedRow[]> {
  const rows: ReadFeedRow[] = [];
  const [header = ''] = file.toString().split('\n');
  const separator = separatorOf(header);
  const names = header.split(separator);
  const into = {
    // Lines without any grammar: each cell is what stands there, and a line that is no row is empty.
    addText({ text, problems }) {
      const told = new Map<number, ReadFeedRow>(
        problems.map(({ line, ...problem }) => [line, { outcome: 'unreadable', ...problem }]),
      );
      const lines = text!.bytes.toString().replace(/\n$/, '').split('\n');
      expect(text!.rows).toBe(lines.filter((each) => each !== '').length);
      for (const [index, each] of lines.entries()) {
        const line = text!.firstLine + index;
        const cells = each.replace(/\r$/, '').split(separator);
        const of = (name: string) => (names.includes(name) ? cells[names.indexOf(name)] : null);
        const row = { sku: of('sku'), quantity: of('quantity'), unsellable: of('unsellable') };
        if (each !== '') rows.push(readFeedRow(mode, { line, ...row }));
        else if (told.has(line)) rows.push(told.get(line)!);
      }
    },
    endLists: () => null,
    add: (raw) => void rows.push(readFeedRow(mode, raw)),
    addPlain: (row, text, from, to) =>
      void rows.push({ outcome: 'read', row: { ...row, sku: text.slice(from, to) } }),
  } as Partial<FeedRows> as FeedRows;
  async function* pieces() {
    for (let at = 0; at < file.length; at += pieceBytes)
      yield await Promise.resolve(file.subarray(at, at + pieceBytes));
  }
  for await (const _ of readCsv(pieces(), { mode, rows: into, before: null }));
  return rows;
}

it('reads each row of a CSV file as the rule of a row does, however it is written and cut', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryFile, async ({ mode, separator, columns, rows, pieceBytes }) => {
      const expected: ReadFeedRow[] = [];
      let text = `${columns.join(separator)}\n`;
      let line = 2;
      for (const row of rows) {
        const values: Record<string, string> = { ...row, quoted: '' };
        const cells = columns.map((column) => values[column]!);
        const written = cells
          .map((each) => (row.quoted || mustBeQuoted(each, separator) ? quoted(each) : each))
          .join(separator);
        // An unquoted row of nothing but spaces is no row.
        const isRow = written.trim() !== '';
        const unsellable = columns.includes('unsellable') ? row.unsellable : null;
        if (isRow)
          expected.push(readFeedRow(mode, { line, sku: row.sku, quantity: row.quantity, unsellable }));
        text += written + row.end;
        line += 1 + written.split('\n').length - 1;
      }
      expect(await read(mode, Buffer.from(text), pieceBytes)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

it('takes what begins a later piece for no mark', async () => {
  const head = 'sku,quantity\nAAAA,1\n';
  const [, second] = await read('delta', Buffer.from(`${head}\ufeffB,2\n`), head.length);
  expect(second).toMatchObject({ row: { sku: '\ufeffB'.trim(), quantity: 2 } });
});
