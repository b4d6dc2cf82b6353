import { isSameLayout, type FeedLayout } from '../../domain/stock/feed-header';
import type { FeedBefore } from '../../store/stock-feed/feed-before';
import { createRowPacker } from '../../store/stock-feed/packed-rows';
import type { FeedRows } from './feed-rows';
import { createPlainReader } from './plain-reader';
import { createSieve } from './sieve';

/**
 * Takes blocks of a full feed of which every line is a plain row: they are kept as they are, and read by the feed before
 * where there is one. After a block that is something else, or does not ascend, each row is read.
 */
export function createPlainBlocks(layout: FeedLayout, before: FeedBefore | null, rows: FeedRows) {
  let sieve = before && isSameLayout(before.layout, layout) ? createSieve(before, layout) : null;

  return {
    /** Answers how many lines a block has that begins on a line; null, and nothing is done, when it is not plain. */
    async take(block: Buffer, firstLine: number): Promise<number | null> {
      const sieved = (await sieve?.take(block, firstLine)) ?? null;
      const packer = createRowPacker(sieved ? sieved.fresh.length : usualRows);
      const read = createPlainReader({ ...layout, mode: 'full' }, packer);
      const parts = sieved?.fresh ?? [{ from: 0, to: block.length, line: firstLine }];
      const isPlain = parts.every(({ from, to, line }) => {
        const text = block.toString('latin1', from, to);
        return read(text, 0, line).at === text.length;
      });
      if (!sieved || !isPlain) sieve = null;
      if (!isPlain) return null;
      const packed = packer.packed();
      const count = sieved?.lines ?? packed.count;
      const text = { bytes: block, firstLine, rows: count, gone: sieved?.gone ?? null };
      rows.addText(text, packed, sieved ? { ...sieved, isAscending: true } : packed);
      return count;
    },
  };
}

const usualRows = 4_096;
