import type { FeedRow } from '../../domain/stock/feed';

/** Rows of a feed, column by column, each as PostgreSQL takes a list in its binary format. */
export interface PackedRows {
  count: number;
  /** Whether each SKU is greater than the one before, byte by byte. */
  isAscending: boolean;
  /** Its first and last SKU; empty where there is none. */
  first: Buffer;
  last: Buffer;
  lines: Buffer;
  skus: Buffer;
  quantities: Buffer;
  unsellable: Buffer;
}

type NamedRow = FeedRow & { line: number };

/** Types of elements, by their fixed numbers in PostgreSQL. */
const oid = { int4: 23, text: 25 };
/** Dimensions, whether there are nulls, type; then size and lower bound of the one dimension. */
const headerBytes = 20;
/** Stands for the length of what is null. */
const nothing = -1;
/** Of a SKU; longer ones make the list grow, as more rows do. */
const usualBytes = 24;

/**
 * Packs some rows, about so many. The driver writes lists as text, value by value, and the server reads them so: that
 * takes many times as long as all else that is done to receive a feed.
 */
export function createRowPacker(usual: number) {
  const lines = createList(oid.int4, usual * 8);
  const quantities = createList(oid.int4, usual * 8);
  const unsellable = createList(oid.int4, usual * 8);
  const skus = createList(oid.text, usual * (4 + usualBytes));
  let isAscending = true;
  let lastFrom = headerBytes;

  function addFigures(line: number, quantity: number, aside: number | null): void {
    addInteger(lines, line);
    addInteger(quantities, quantity);
    addInteger(unsellable, aside);
  }

  /** The SKU stands at the end of its list; what stood there before is the one that it follows. */
  function endSku(bytes: number): void {
    const from = skus.end + 4;
    skus.bytes.writeInt32BE(bytes, skus.end);
    skus.end = from + bytes;
    if (skus.count > 0) isAscending &&= isLess(skus.bytes, lastFrom, from, skus.end);
    lastFrom = from;
    skus.count += 1;
  }

  return {
    get count() {
      return lines.count;
    },

    add({ line, sku, quantity, unsellable: aside }: NamedRow): void {
      const bytes = Buffer.byteLength(sku);
      makeRoom(skus, 4 + bytes);
      skus.bytes.write(sku, skus.end + 4);
      endSku(bytes);
      addFigures(line, quantity, aside);
    },

    /** A row whose SKU is the ASCII between two places of a text: no string is made of it. */
    addPlain(
      row: { line: number; quantity: number; unsellable: number | null },
      text: string,
      from: number,
      to: number,
    ) {
      makeRoom(skus, 4 + to - from);
      const { bytes } = skus;
      for (let at = from, into = skus.end + 4; at < to; at += 1, into += 1) bytes[into] = text.charCodeAt(at);
      endSku(to - from);
      addFigures(row.line, row.quantity, row.unsellable);
    },

    packed: (): PackedRows => ({
      count: lines.count,
      isAscending,
      first: firstSku(skus),
      last: skus.bytes.subarray(lastFrom, skus.end),
      lines: finished(lines),
      skus: finished(skus),
      quantities: finished(quantities),
      unsellable: finished(unsellable),
    }),
  };
}

export type RowPacker = ReturnType<typeof createRowPacker>;

export function packRows(rows: readonly NamedRow[]): PackedRows {
  const packer = createRowPacker(rows.length);
  for (const row of rows) packer.add(row);
  return packer.packed();
}

interface List {
  type: number;
  bytes: Buffer;
  end: number;
  count: number;
  hasNothing: boolean;
}

const createList = (type: number, bytes: number): List => ({
  type,
  bytes: Buffer.allocUnsafe(headerBytes + bytes),
  end: headerBytes,
  count: 0,
  hasNothing: false,
});

function addInteger(list: List, value: number | null): void {
  makeRoom(list, 8);
  list.count += 1;
  if (value === null) {
    list.hasNothing = true;
    list.end = list.bytes.writeInt32BE(nothing, list.end);
    return;
  }
  list.end = list.bytes.writeInt32BE(4, list.end);
  list.end = list.bytes.writeInt32BE(value, list.end);
}

function makeRoom(list: List, bytes: number): void {
  if (list.end + bytes <= list.bytes.length) return;
  const larger = Buffer.allocUnsafe(list.bytes.length * 2 + bytes);
  list.bytes.copy(larger, 0, 0, list.end);
  list.bytes = larger;
}

function firstSku({ bytes, count }: List): Buffer {
  const from = headerBytes + 4;
  return bytes.subarray(from, count > 0 ? from + bytes.readInt32BE(headerBytes) : from);
}

function finished({ type, bytes, end, count, hasNothing }: List): Buffer {
  bytes.writeInt32BE(count > 0 ? 1 : 0, 0);
  bytes.writeInt32BE(hasNothing ? 1 : 0, 4);
  bytes.writeInt32BE(type, 8);
  if (count === 0) return bytes.subarray(0, 12);
  bytes.writeInt32BE(count, 12);
  bytes.writeInt32BE(1, 16);
  return bytes.subarray(0, end);
}

/** Whether the bytes from `first` are less than those from `second`; four bytes of length stand between them. */
function isLess(bytes: Buffer, first: number, second: number, end: number): boolean {
  const firstEnd = second - 4;
  let one = first;
  let other = second;
  while (one < firstEnd && other < end) {
    const difference = bytes[one]! - bytes[other]!;
    if (difference !== 0) return difference < 0;
    one += 1;
    other += 1;
  }
  return one === firstEnd && other < end;
}
