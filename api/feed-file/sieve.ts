import type { FeedLayout } from '../../domain/stock/feed-header';
import type { FeedBefore } from '../../store/stock-feed/feed-before';
import { createKnownLines } from './known-lines';
import { comparePlaces, endOfLine, placeOf, skuOfLine, textOf, type Place } from './sku-of-line';

/** What is new in some whole lines. */
export interface Sieved {
  /** Lines that the feed before does not have, or whose SKU was touched since: where they are, those that follow one another together. */
  fresh: { from: number; to: number; line: number }[];
  /** SKUs that these lines, up to their last, do not name, and that may have stock. */
  gone: string[];
  lines: number;
  first: Buffer;
  last: Buffer;
}

const lineFeed = 10;

/**
 * Reads a feed by the one before it, line by line and without understanding those that are the same: in most nights nearly
 * all. Both must be ascending.
 */
export function createSieve(before: FeedBefore, layout: FeedLayout) {
  const source = createKnownLines(before, layout);
  let known: Buffer = Buffer.alloc(0);
  let at = 0;
  let isOver = false;
  let touched = 0;
  let last: Place | null = null;

  /** Passes over lines that are the same; answers where the first other one begins. */
  function passSame(block: Buffer, from: number, count: { lines: number; lastLine: number }): number {
    let begin = from;
    for (let here = from, there = at; here < block.length && there < known.length; here += 1, there += 1) {
      const byte = block[here];
      if (byte !== known[there]) break;
      if (byte !== lineFeed) continue;
      count.lastLine = begin;
      count.lines += 1;
      begin = here + 1;
      at = there + 1;
    }
    return begin;
  }

  /** Of a line that the feed before does not have as it is: what it has in its place. */
  function orderOf(sku: Place): number {
    return at < known.length ? comparePlaces(sku, skuOfLine(known, at, layout)) : -1;
  }

  function touchedUpTo(end: Place): string[] {
    const from = touched;
    while (touched < before.touched.length && comparePlaces(placeOf(before.touched[touched]!), end) <= 0)
      touched += 1;
    return before.touched.slice(from, touched).map(String);
  }

  return {
    /** What is new in a block of plain, whole lines that begins on a line; null when they are not ascending. */
    async take(block: Buffer, firstLine: number): Promise<Sieved | null> {
      const fresh: Sieved['fresh'] = [];
      const gone: string[] = [];
      const count = { lines: 0, lastLine: 0 };
      for (let from = 0; from < block.length;) {
        if (at === known.length && !isOver) {
          known = (await source.take()) ?? Buffer.alloc(0);
          at = 0;
          isOver = known.length === 0;
        }
        from = passSame(block, from, count);
        if (from === block.length || (at === known.length && !isOver)) continue;
        const sku = skuOfLine(block, from, layout);
        const order = orderOf(sku);
        if (order > 0) {
          gone.push(textOf(skuOfLine(known, at, layout)));
          at = endOfLine(known, at);
          continue;
        }
        const previous = count.lines > 0 ? skuOfLine(block, count.lastLine, layout) : last;
        if (previous && comparePlaces(previous, sku) >= 0) return null;
        if (order === 0) at = endOfLine(known, at);
        const to = endOfLine(block, from);
        const joins = fresh.at(-1);
        if (joins?.to === from) joins.to = to;
        else fresh.push({ from, to, line: firstLine + count.lines });
        count.lastLine = from;
        count.lines += 1;
        from = to;
      }
      const first = skuOfLine(block, 0, layout);
      if (last && comparePlaces(last, first) >= 0) return null;
      const end = skuOfLine(block, count.lastLine, layout);
      last = end;
      const bytesOf = ({ bytes, from, to }: Place) => bytes.subarray(from, to);
      return {
        fresh,
        gone: [...gone, ...touchedUpTo(end)],
        lines: count.lines,
        first: bytesOf(first),
        last: bytesOf(end),
      };
    },
  };
}
