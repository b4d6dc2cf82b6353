import type { FeedLayout } from '../../domain/stock/feed-header';

const code = { lineFeed: 10, carriageReturn: 13 };

/** Where something stands in bytes. */
export interface Place {
  bytes: Buffer;
  from: number;
  to: number;
}

/** Where the SKU of a row without quotes stands that begins at a place of some whole lines. */
export function skuOfLine(bytes: Buffer, begin: number, { separator, columns }: FeedLayout): Place {
  const between = separator.charCodeAt(0);
  let from = begin;
  for (let column = 0; column < columns.sku; column += 1) {
    while (bytes[from] !== between && bytes[from] !== code.lineFeed) from += 1;
    if (bytes[from] === between) from += 1;
  }
  let to = from;
  while (bytes[to] !== between && bytes[to] !== code.lineFeed && bytes[to] !== code.carriageReturn) to += 1;
  return { bytes, from, to };
}

/** Behind the end of the line that begins at a place. */
export const endOfLine = (bytes: Buffer, begin: number): number => bytes.indexOf(code.lineFeed, begin) + 1;

/** Where the last of some whole lines begins. */
export const beginOfLastLine = (bytes: Buffer): number => bytes.lastIndexOf(code.lineFeed, -2) + 1;

/** Byte by byte, as `Buffer.compare` does, which costs more than so few bytes. */
export function comparePlaces(one: Place, other: Place): number {
  const length = Math.min(one.to - one.from, other.to - other.from);
  for (let at = 0; at < length; at += 1) {
    const difference = one.bytes[one.from + at]! - other.bytes[other.from + at]!;
    if (difference !== 0) return difference;
  }
  return one.to - one.from - (other.to - other.from);
}

export const placeOf = (bytes: Buffer): Place => ({ bytes, from: 0, to: bytes.length });

export const textOf = ({ bytes, from, to }: Place): string => bytes.toString('utf8', from, to);
