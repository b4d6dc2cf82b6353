import { z } from 'zod';
import { line } from './text';

/** How a list is paged: `nextCursor` of one answer is `cursor` of the next question. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'Items per page' }),
  cursor: line(1000).optional().meta({ description: 'nextCursor of the page before' }),
};

export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });

/** One or several times the same query parameter. */
export const repeated = <Item extends z.ZodType<string>>(item: Item, max: number) =>
  z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(item).min(1).max(max));
