import type { FeedMode, FeedRow } from './feed';

/** A row as it stands in the file; null is what the row does not have. */
export interface RawFeedRow {
  line: number;
  sku: unknown;
  quantity: unknown;
  unsellable: unknown;
  /** Why it cannot be taken for a row at all. */
  fault?: string;
}

export type ReadFeedRow =
  | { outcome: 'read'; row: FeedRow & { line: number } }
  | { outcome: 'unreadable'; sku: string; reason: string };

export const mostPieces = 1_000_000;
export const longestSku = 100;

/**
 * Reads a row: whole pieces, at most a million, negative in a delta alone; no more unsellable than there are.
 * What it cannot read it names, with what would do.
 */
export function readFeedRow(mode: FeedMode, raw: RawFeedRow): ReadFeedRow {
  const sku = typeof raw.sku === 'string' ? raw.sku.trim() : '';
  if (raw.fault !== undefined) return unreadable(sku, raw.fault);
  if (sku === '' || sku.length > longestSku || isUnprintable(sku))
    return unreadable(sku, `The SKU must be 1 to ${longestSku} printable characters`);
  const quantity = piecesOf(raw.quantity);
  if (quantity === null) return unreadable(sku, notPieces('quantity', raw.quantity));
  const isLeftOut = raw.unsellable === undefined || raw.unsellable === null || raw.unsellable === '';
  const unsellable = isLeftOut ? null : piecesOf(raw.unsellable);
  if (!isLeftOut && unsellable === null) return unreadable(sku, notPieces('unsellable', raw.unsellable));
  if (mode === 'full') {
    if (quantity < 0 || (unsellable ?? 0) < 0)
      return unreadable(sku, 'A full feed says what is there: not negative');
    if ((unsellable ?? 0) > quantity)
      return unreadable(sku, `Of ${quantity} pieces no ${unsellable} can be unsellable`);
  }
  return { outcome: 'read', row: { line: raw.line, sku, quantity, unsellable } };
}

const unreadable = (sku: string, reason: string): ReadFeedRow => ({
  outcome: 'unreadable',
  sku: storable(sku.slice(0, longestSku)),
  reason: storable(reason),
});

/** No database keeps zero bytes, nor the half of a character that a cut leaves. */
const storable = (text: string): string => text.replace(/\u0000|\p{Surrogate}/gu, '\ufffd');

/** A thousand in some countries, one piece with three decimals in others: not guessed at. */
const isOfTwoMeanings = (text: string): boolean => /^[+-]?[1-9]\d{0,2}\.000$/.test(text);

const textOf = (value: unknown): string =>
  typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';

function piecesOf(value: unknown): number | null {
  const text = textOf(value);
  if (!/^[+-]?\d{1,9}(\.0+)?$/.test(text) || isOfTwoMeanings(text)) return null;
  const pieces = Number(text);
  return Math.abs(pieces) > mostPieces ? null : pieces;
}

function notPieces(field: string, value: unknown): string {
  if (value === undefined || value === null || value === '') return `There is no ${field}`;
  const told = `The ${field} ${JSON.stringify(value)?.slice(0, 40)}`;
  return isOfTwoMeanings(textOf(value))
    ? `${told} may mean thousands or single pieces: write it without the point`
    : `${told} is no whole number of pieces up to ${mostPieces}`;
}

/** Most SKUs are plain; only the others are looked at closely. */
const isPlain = /^[\u0020-\u007e]+$/;

/** Control characters, halves of characters, and what a decoder could not read. */
const isUnprintable = (text: string): boolean =>
  !isPlain.test(text) && /[\u0000-\u001f\u007f-\u009f\ufffd]|\p{Surrogate}/u.test(text);
