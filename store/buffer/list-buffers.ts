import type { Database } from '../connect';
import { pageOf, type Page } from '../page';
import { viewOf, type BufferRow, type BufferView } from './buffer-row';

/** Channel buffers by id, a page at a time. */
export async function listBuffers(
  db: Database,
  input: { after?: string; limit: number },
): Promise<Page<BufferView, string>> {
  const query = db<BufferRow>('channel_buffers')
    .orderBy('id')
    .limit(input.limit + 1);
  if (input.after !== undefined) void query.where('id', '>', input.after);
  return pageOf((await query).map(viewOf), input.limit, ({ id }) => id);
}

export async function findBuffer(db: Database, id: string): Promise<BufferView | null> {
  const row = await db<BufferRow>('channel_buffers').where({ id }).first();
  return row ? viewOf(row) : null;
}
