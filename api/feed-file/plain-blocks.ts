import { isSameLayout, type FeedLayout } from '../../domain/stock/feed-header';
import type { FeedBefore } from '../../store/stock-feed/feed-before';
import { createBlockReader } from './block-reader';
import type { FeedRows } from './feed-rows';
import { createSieve, type Sieved } from './sieve';
import { placeOf } from './sku-of-line';

/** Of a block; those that are new in one are few. */
const usualRows = { all: 4_096, fresh: 256 };

/**
 * Takes blocks of a full feed of which every line says by itself what it says: they are kept as they are, but for the
 * lines that are no rows, and read by the feed before where there is one. Of other blocks each row is put in lists, and
 * compared; the feed before is gone on with after them. What does not ascend is not read by another.
 */
export function createPlainBlocks(layout: FeedLayout, before: FeedBefore | null, rows: FeedRows) {
  let sieve = before && isSameLayout(before.layout, layout) ? createSieve(before, layout) : null;

  /** Answers null when a line has to be read as a record, `disordered` when the lines do not ascend. */
  async function takeFresh(block: Buffer, firstLine: number, by: NonNullable<typeof sieve>) {
    const listedTo = rows.endLists();
    if (listedTo) await by.passTo(placeOf(listedTo));
    const reader = createBlockReader(layout, block, usualRows.fresh);
    const sieved = await by.take(block, firstLine, reader);
    if (sieved === 'record') return null;
    if (sieved === 'disordered') return sieved;
    addText(firstLine, reader, sieved);
    return sieved.lines;
  }

  function takeAll(block: Buffer, firstLine: number): number | null {
    const reader = createBlockReader(layout, block, usualRows.all);
    const lines = reader.takeAll(firstLine);
    if (lines !== null) addText(firstLine, reader, null);
    return lines;
  }

  function addText(
    firstLine: number,
    reader: ReturnType<typeof createBlockReader>,
    sieved: Sieved | null,
  ): void {
    const { rows: packed, problems, bytes } = reader.taken();
    const text = { bytes, firstLine, rows: sieved?.rows ?? packed.count, gone: sieved?.gone ?? null };
    const span = sieved ? sieved.span : packed.count > 0 ? packed : null;
    rows.addText({ text, rows: packed, problems, span });
  }

  return {
    /** Answers how many lines a block has that begins on a line; null, and nothing is done, when it is not plain. */
    async take(block: Buffer, firstLine: number): Promise<number | null> {
      if (!sieve) return takeAll(block, firstLine);
      const lines = await takeFresh(block, firstLine, sieve);
      if (lines !== 'disordered') return lines;
      sieve = null;
      return takeAll(block, firstLine);
    },
  };
}
