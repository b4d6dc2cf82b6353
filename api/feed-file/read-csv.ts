import { parse } from 'csv-parse/sync';
import { readFeedHeader, separatorOf, type FeedColumns } from '../../domain/stock/feed-header';
import type { RawFeedRow } from '../../domain/stock/feed-row';
import type { FeedMode } from '../../domain/stock/feed';
import type { FeedRows } from './feed-rows';
import { createPlainReader } from './plain-reader';
import { createRecordSplitter, type TextRecord } from './record-splitter';
import { cutFeed, unreadableFeed } from './unreadable';

/**
 * Puts the rows of a CSV file where they belong, piece by piece, by its header; lines without anything are passed over.
 * A row of another number of cells is told to be none, unless it is the last of a file that does not end its
 * line: then the file is cut.
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  mode: FeedMode,
  rows: FeedRows,
): AsyncGenerator<void> {
  let layout: Layout | null = null;
  let takePlain = takeNothing;
  const splitter = createRecordSplitter({
    takePlain: (...from) => takePlain(...from),
    onRecord(record) {
      if (record.text === '' || record.text.trim() === '') return;
      if (layout) return rows.add(rowOf(record, cellsOf(record, layout.separator), layout.columns));
      layout = layoutOf(record);
      takePlain = createPlainReader({ ...layout, mode }, rows);
    },
  });
  for await (const piece of text) {
    splitter.write(piece);
    yield;
  }
  splitter.end();
  if (!layout) throw unreadableFeed('It is empty', 'begin with a line "sku,quantity"');
}

/** Before the header was read. */
const takeNothing = (_: string, at: number, line: number) => ({ at, line });

interface Layout {
  columns: FeedColumns;
  separator: string;
}

function layoutOf(record: TextRecord): Layout {
  const separator = separatorOf(record.text);
  const header = readFeedHeader(cellsOf(record, separator));
  if (header.outcome === 'unreadable') throw unreadableFeed(header.detail, 'correct the header');
  return { columns: header.columns, separator };
}

/** Most rows have no quotes; only those that do need the whole grammar. */
function cellsOf({ text, line, hasQuotes }: TextRecord, separator: string): string[] {
  if (!hasQuotes) return text.split(separator);
  try {
    const [cells = []] = parse(text, { delimiter: separator, relax_column_count: true }) as string[][];
    return cells;
  } catch {
    throw unreadableFeed(`The quotes on line ${line} are not those of CSV`, 'write " inside of quotes as ""');
  }
}

function rowOf({ line, isEnded }: TextRecord, cells: string[], columns: FeedColumns): RawFeedRow {
  if (cells.length !== columns.count) {
    if (cells.length < columns.count && !isEnded)
      throw cutFeed(`Its last line, ${line}, has ${cells.length} of ${columns.count} cells and no end`);
    const fault = `The header has ${columns.count} cells, this row ${cells.length}`;
    return { line, sku: cells[columns.sku] ?? '', quantity: undefined, unsellable: undefined, fault };
  }
  return {
    line,
    sku: cells[columns.sku],
    quantity: cells[columns.quantity],
    unsellable: columns.unsellable === null ? null : cells[columns.unsellable],
  };
}
