import type { FeedLayout } from '../../domain/stock/feed-header';
import type { UnreadableRow } from '../../store/stock-feed/add-chunk';
import { createRowPacker } from '../../store/stock-feed/packed-rows';
import { readOddLine, type OddLine } from './odd-line';
import { createPlainReader } from './plain-reader';
import { endOfLine } from './sku-of-line';

const lineFeed = Buffer.from('\n');

/**
 * Reads lines of a block of a full feed where they stand: all, or those that somebody asks for. The block is of whole
 * lines, in UTF-8.
 */
export function createBlockReader(layout: FeedLayout, block: Buffer, usualRows: number) {
  const packer = createRowPacker(usualRows);
  const problems: UnreadableRow[] = [];
  const takePlain = createPlainReader({ ...layout, mode: 'full' }, packer);
  const passPlain = createPlainReader({ ...layout, mode: 'full' }, { addPlain: () => undefined });
  /** Void lines that have something in them. */
  const voids: { from: number; to: number }[] = [];
  let text: string | null = null;

  /** One character a byte: what is plain is the same in UTF-8, and stands where the bytes do. */
  const textOfBlock = (): string => (text ??= block.toString('latin1'));

  const readOdd = (from: number, to: number, line: number): OddLine =>
    readOddLine(line, block.toString('utf8', from, to - 1), layout);

  function takeOdd(from: number, line: number): OddLine['outcome'] {
    const to = endOfLine(block, from);
    const odd = readOdd(from, to, line);
    if (odd.outcome === 'row') packer.add(odd.row);
    if (odd.outcome === 'void') {
      if (odd.problem) problems.push(odd.problem);
      if (to - from > 1) voids.push({ from, to });
    }
    return odd.outcome;
  }

  return {
    isRow: (from: number): boolean =>
      passPlain(textOfBlock(), from, 0, from + 1).at > from ||
      readOdd(from, endOfLine(block, from), 0).outcome === 'row',

    /** Takes the line that begins at a place; tells what it is. */
    takeLine(from: number, line: number): OddLine['outcome'] {
      return takePlain(textOfBlock(), from, line, from + 1).at > from ? 'row' : takeOdd(from, line);
    },

    /** Takes all lines; answers how many, or null when one has to be read as a record. */
    takeAll(firstLine: number): number | null {
      let line = firstLine;
      for (let at = 0; ;) {
        ({ at, line } = takePlain(textOfBlock(), at, line));
        if (at === block.length) return line - firstLine;
        if (takeOdd(at, line) === 'record') return null;
        at = endOfLine(block, at);
        line += 1;
      }
    },

    /** Rows and problems of what was taken; the block with nothing in the place of each void line. */
    taken() {
      let at = 0;
      const kept = voids.flatMap(({ from, to }) => {
        const before = block.subarray(at, from);
        at = to;
        return [before, lineFeed];
      });
      const bytes = kept.length > 0 ? Buffer.concat([...kept, block.subarray(at)]) : block;
      return { rows: packer.packed(), problems, bytes };
    },
  };
}
