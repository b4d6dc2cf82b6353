import type { FeedLayout } from '../../domain/stock/feed-header';
import type { FeedBefore } from '../../store/stock-feed/feed-before';
import type { SkuSpan } from './feed-rows';
import { createKnownLines } from './known-lines';
import type { OddLine } from './odd-line';
import { comparePlaces, endOfLine, placeOf, skuOfLine, textOf, type Place } from './sku-of-line';

/** What some whole lines are besides those that are new. */
export interface Sieved {
  /** SKUs that these lines, up to their last, do not name, and that may have stock. */
  gone: string[];
  lines: number;
  /** Lines that are no rows left out. */
  rows: number;
  /** Of the rows; null when there are none. */
  span: SkuSpan | null;
}

/** Understands lines of a block, each by the place where it begins. */
export interface LineReader {
  isRow(from: number): boolean;
  /** Takes what is new; tells what it is. */
  takeLine(from: number, line: number): OddLine['outcome'];
}

const lineFeed = 10;

/**
 * Reads a feed by the one before it, line by line and without understanding those that are the same: in most nights nearly
 * all. Both must be ascending. Lines that the feed before does not have, or whose SKU was touched since, are taken by
 * somebody else.
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
      endRow(found, begin);
      begin = here + 1;
      at = there + 1;
    }
    return begin;
  }

  /** Of a line that the feed before does not have as it is: what it has in its place. */
  function orderOf(sku: Place): number {
    return at < known.length ? comparePlaces(sku, skuOfLine(known, at, layout)) : -1;
  }

  /** Passes one line that is other, of one file or the other; answers where the block is read on. */
  function passOther(
    block: Buffer,
    { from, line, reader }: { from: number; line: number; reader: LineReader },
    found: Found,
  ): number | 'record' | 'disordered' {
    const sku = skuOfLine(block, from, layout);
    const order = orderOf(sku);
    // What is no row stands nowhere in the order, whatever is where its SKU should be.
    if (order > 0 && reader.isRow(from)) {
      found.gone.push(textOf(skuOfLine(known, at, layout)));
      at = endOfLine(known, at);
      return from;
    }
    const outcome = reader.takeLine(from, line);
    if (outcome === 'record') return outcome;
    if (outcome === 'row') {
      if (order === 0) at = endOfLine(known, at);
      const before = found.lastRow === null ? last : skuOfLine(block, found.lastRow, layout);
      if (before && comparePlaces(before, sku) >= 0) return 'disordered';
      endRow(found, from);
    } else found.lines += 1;
    return endOfLine(block, from);
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

  function sieved(block: Buffer, { firstRow, lastRow, gone, lines, rows }: Found): Sieved | 'disordered' {
    if (firstRow === null || lastRow === null) return { gone, lines, rows, span: null };
    const first = skuOfLine(block, firstRow, layout);
    if (last && comparePlaces(last, first) >= 0) return 'disordered';
    last = skuOfLine(block, lastRow, layout);
    const span = { first: bytesOf(first), last: bytesOf(last), isAscending: true };
    return { gone: [...gone, ...touchedUpTo(last)], lines, rows, span };
  }

  return {
    /**
     * Reads a block of whole lines that begins on a line. `record`: one of them has to be read as a record, and the block by
     * somebody else; `disordered`: its rows are not ascending.
     */
    async take(
      block: Buffer,
      firstLine: number,
      reader: LineReader,
    ): Promise<Sieved | 'record' | 'disordered'> {
      const found: Found = { gone: [], lines: 0, rows: 0, firstRow: null, lastRow: null };
      for (let from = 0; from < block.length;) {
        if (at === known.length && !isOver) await refill();
        from = passSame(block, from, found);
        if (from === block.length || (at === known.length && !isOver)) continue;
        const next = passOther(block, { from, line: firstLine + found.lines, reader }, found);
        if (typeof next === 'string') return next;
        from = next;
      }
      return sieved(block, found);
    },

    /** Goes on behind a SKU, up to which somebody else has compared all that there is. */
    async passTo(sku: Place): Promise<void> {
      if (last && comparePlaces(sku, last) <= 0) return;
      for (;;) {
        if (at === known.length && !isOver) await refill();
        if (isOver || orderOf(sku) < 0) break;
        at = endOfLine(known, at);
      }
      touchedUpTo(sku);
      last = sku;
    },
  };
}

/** What a block has come to so far, and where its first and last row begin. */
interface Found extends Pick<Sieved, 'gone' | 'lines' | 'rows'> {
  firstRow: number | null;
  lastRow: number | null;
}

function endRow(found: Found, begin: number): void {
  found.firstRow ??= begin;
  found.lastRow = begin;
  found.lines += 1;
  found.rows += 1;
}

const bytesOf = ({ bytes, from, to }: Place): Buffer => bytes.subarray(from, to);
