import type { FeedMode } from '../../domain/stock/feed';
import type { FeedColumns } from '../../domain/stock/feed-header';
import { longestSku, mostPieces } from '../../domain/stock/feed-row';
import type { FeedRows } from './feed-rows';

const code = { lineFeed: 10, carriageReturn: 13, space: 32, quote: 34, zero: 48, nine: 57, tilde: 126 };
/** More would be more than the most pieces, or begin with zeros. */
const mostDigits = 7;
/** Constants of this file: what is imported is looked up each time that it is used. */
const most = mostPieces;
const longest = longestSku;

/** Reads numbers and SKUs where they stand; `at` is behind the last character that was read. */
interface Cursor {
  text: string;
  at: number;
}

/**
 * Takes the rows that need no grammar, character by character: printable ASCII without quotes, and digits. Everything
 * else is left to those who read and judge a row as a whole; of what it takes they would say the same.
 */
export function createPlainReader(
  { columns, separator, mode }: { columns: FeedColumns; separator: string; mode: FeedMode },
  rows: Pick<FeedRows, 'addPlain'>,
) {
  const between = separator.charCodeAt(0);
  const cursor: Cursor = { text: '', at: 0 };
  const row = { line: 0, quantity: 0, unsellable: null as number | null };
  let from = 0;
  let to = 0;

  function takeCell(column: number): boolean {
    if (column === columns.sku) {
      from = cursor.at;
      to = endOfSku(cursor, between);
      return to > from;
    }
    const digits = cursor.at;
    const value = takeNumber(cursor);
    if (column === columns.quantity) {
      row.quantity = value;
      return cursor.at > digits && value <= most;
    }
    row.unsellable = cursor.at > digits ? value : null;
    return value <= most;
  }

  function takeRow(): boolean {
    for (let column = 0; column < columns.count; column += 1) {
      if (column > 0) {
        if (cursor.text.charCodeAt(cursor.at) !== between) return false;
        cursor.at += 1;
      }
      if (!takeCell(column)) return false;
    }
    if (cursor.text.charCodeAt(cursor.at) === code.carriageReturn) cursor.at += 1;
    if (cursor.text.charCodeAt(cursor.at) !== code.lineFeed) return false;
    cursor.at += 1;
    return mode === 'delta' || row.unsellable === null || row.unsellable <= row.quantity;
  }

  /** Takes rows from a place on, as long as they begin before another one. */
  return (text: string, at: number, line: number, until = text.length): { at: number; line: number } => {
    cursor.text = text;
    cursor.at = at;
    row.line = line;
    for (let begin = at; begin < until; begin = cursor.at) {
      if (!takeRow()) return { at: begin, line: row.line };
      rows.addPlain(row, text, from, to);
      row.line += 1;
    }
    return { at: cursor.at, line: row.line };
  };
}

/** Where a SKU ends that is 1 to so many printable characters without a space around them; else where it begins. */
function endOfSku(cursor: Cursor, between: number): number {
  const { text, at: begin } = cursor;
  let at = begin;
  for (;;) {
    const each = text.charCodeAt(at);
    if (each === between || !(each >= code.space && each <= code.tilde) || each === code.quote) break;
    at += 1;
  }
  cursor.at = at;
  const isTooLong = at - begin > longest;
  if (isTooLong || text.charCodeAt(begin) === code.space || text.charCodeAt(at - 1) === code.space)
    return begin;
  return at;
}

function takeNumber(cursor: Cursor): number {
  const { text, at: begin } = cursor;
  let at = begin;
  let value = 0;
  while (at - begin < mostDigits) {
    const each = text.charCodeAt(at);
    if (!(each >= code.zero && each <= code.nine)) break;
    value = value * 10 + each - code.zero;
    at += 1;
  }
  cursor.at = at;
  return value;
}
