import type { FeedLayout } from '../../domain/stock/feed-header';
import type { FeedBefore } from '../../store/stock-feed/feed-before';
import { createKnownLines } from './known-lines';
import { comparePlaces, endOfLine, placeOf, skuOfLine, textOf, type Place } from './sku-of-line';

/** What is new in some whole lines. */
export interface Sieved {
  /** Where lines are that the feed before does not have, or whose SKU was touched since; neighbours together. */
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
  function passSame(block: Buffer, from: number, found: Found): number {
    let begin = from;
    for (let here = from, there = at; here < block.length && there < known.length; here += 1, there += 1) {
      const byte = block[here];
      if (byte !== known[there]) break;
      if (byte !== lineFeed) continue;
      found.lastLine = begin;
      found.lines += 1;
      begin = here + 1;
      at = there + 1;
    }
    return begin;
  }

  /** Of a line that the feed before does not have as it is: what it has in its place. */
  function orderOf(sku: Place): number {
    return at < known.length ? comparePlaces(sku, skuOfLine(known, at, layout)) : -1;
  }

  /** Takes one line that is other, of one file or the other; where the block is read on, or null: it does not ascend. */
  function takeOther(block: Buffer, from: number, firstLine: number, found: Found): number | null {
    const sku = skuOfLine(block, from, layout);
    const order = orderOf(sku);
    if (order > 0) found.gone.push(textOf(skuOfLine(known, at, layout)));
    if (order >= 0) at = endOfLine(known, at);
    if (order > 0) return from;
    const before = found.lines > 0 ? skuOfLine(block, found.lastLine, layout) : last;
    if (before && comparePlaces(before, sku) >= 0) return null;
    const to = endOfLine(block, from);
    addFresh(found, firstLine + found.lines, { from, to });
    return to;
  }

  function touchedUpTo(end: Place): string[] {
    const from = touched;
    while (touched < before.touched.length && comparePlaces(placeOf(before.touched[touched]!), end) <= 0)
      touched += 1;
    return before.touched.slice(from, touched).map(String);
  }

  async function refill(): Promise<void> {
    known = (await source.take()) ?? Buffer.alloc(0);
    at = 0;
    isOver = known.length === 0;
  }

  return {
    /** What is new in a block of plain, whole lines that begins on a line; null when they are not ascending. */
    async take(block: Buffer, firstLine: number): Promise<Sieved | null> {
      const found: Found = { fresh: [], gone: [], lines: 0, lastLine: 0 };
      for (let from = 0; from < block.length;) {
        if (at === known.length && !isOver) await refill();
        from = passSame(block, from, found);
        if (from === block.length || (at === known.length && !isOver)) continue;
        const next = takeOther(block, from, firstLine, found);
        if (next === null) return null;
        from = next;
      }
      const first = skuOfLine(block, 0, layout);
      if (last && comparePlaces(last, first) >= 0) return null;
      last = skuOfLine(block, found.lastLine, layout);
      const gone = [...found.gone, ...touchedUpTo(last)];
      return { fresh: found.fresh, gone, lines: found.lines, first: bytesOf(first), last: bytesOf(last) };
    },
  };
}

/** What a block has come to so far; `lastLine` is where the last line that was read begins. */
interface Found extends Pick<Sieved, 'fresh' | 'gone' | 'lines'> {
  lastLine: number;
}

function addFresh(found: Found, line: number, { from, to }: { from: number; to: number }): void {
  const joins = found.fresh.at(-1);
  if (joins?.to === from) joins.to = to;
  else found.fresh.push({ from, to, line });
  found.lastLine = from;
  found.lines += 1;
}

const bytesOf = ({ bytes, from, to }: Place): Buffer => bytes.subarray(from, to);
