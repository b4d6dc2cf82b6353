import { parse } from 'csv-parse/sync';
import { readFeedHeader, separatorOf, type FeedLayout } from '../../domain/stock/feed-header';
import type { FeedMode } from '../../domain/stock/feed';
import type { FeedBefore } from '../../store/stock-feed/feed-before';
import { cutBlocks } from './cut-blocks';
import { createTextDecoder } from './decode-text';
import type { FeedRows } from './feed-rows';
import { createPlainBlocks } from './plain-blocks';
import { createPlainReader } from './plain-reader';
import { createRecordSplitter, type TextRecord } from './record-splitter';
import { rowOfCells } from './row-of-cells';
import { unreadableFeed } from './unreadable';

interface CsvReading {
  mode: FeedMode;
  rows: FeedRows;
  /** Of the same location, to read a full feed by. */
  before: FeedBefore | null;
  onLayout?(layout: FeedLayout): void;
}

/**
 * Puts the rows of a CSV file where they belong, block by block, by its header; lines without anything are passed over.
 * A row of another number of cells is told to be none, unless it is the last of a file that does not end its
 * line: then the file is cut.
 */
export async function* readCsv(
  pieces: AsyncIterable<Buffer>,
  { mode, rows, before, onLayout }: CsvReading,
): AsyncGenerator<void> {
  const decoder = createTextDecoder();
  let layout: FeedLayout | null = null;
  let takePlain = takeNothing;
  let blocks: ReturnType<typeof createPlainBlocks> | null = null;
  const splitter = createRecordSplitter({
    takePlain: (...from) => takePlain(...from),
    onRecord(record) {
      if (record.text === '' || record.text.trim() === '') return;
      if (layout) return rows.add(rowOfCells(record, cellsOf(record, layout.separator), layout.columns));
      layout = layoutOf(record);
      takePlain = createPlainReader({ ...layout, mode }, rows);
      // A delta adds each of its rows: none of them is passed over.
      if (mode === 'full') blocks = createPlainBlocks(layout, before, rows);
      onLayout?.(layout);
    },
  });

  /** Whether a block was taken as it is. */
  async function takeBlock(block: Buffer): Promise<boolean> {
    const line = splitter.beginsAt();
    if (!blocks || line === null || !decoder.isOfUtf8(block) || block.at(-1) !== lineFeed) return false;
    const lines = await blocks.take(block, line);
    if (lines === null) return false;
    decoder.skip(block);
    splitter.pass(lines);
    return true;
  }

  for await (const block of cutBlocks(pieces)) {
    if (!(await takeBlock(block))) splitter.write(decoder.write(block));
    yield;
  }
  splitter.write(decoder.end());
  splitter.end();
  if (!layout) throw unreadableFeed('It is empty', 'begin with a line "sku,quantity"');
}

const lineFeed = 10;

/** Before the header was read. */
const takeNothing = (_: string, at: number, line: number) => ({ at, line });

function layoutOf(record: TextRecord): FeedLayout {
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
