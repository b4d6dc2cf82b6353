import type { z } from 'zod';
import type { Page } from '../store/page';
import { invalidInput } from './problem';

/** The place where a list goes on, as callers carry it about. */
export const encodeCursor = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Reads a cursor back; one that we never gave out is a 422, not a strange page. */
export function decodeCursor<T>(shape: z.ZodType<T>, cursor: string | undefined): T | undefined {
  if (cursor === undefined) return undefined;
  const read = shape.safeParse(parse(cursor));
  if (read.success) return read.data;
  throw invalidInput([
    { pointer: '/cursor', detail: 'Not a cursor of this list: use nextCursor as it came', in: 'query' },
  ]);
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** A page as the API answers it. */
export function asList<Row, Item>(page: Page<Row, unknown>, itemOf: (row: Row) => Item) {
  const items = page.items.map(itemOf);
  return page.next === null ? { items } : { items, nextCursor: encodeCursor(page.next) };
}
