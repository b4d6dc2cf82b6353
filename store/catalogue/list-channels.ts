import type { Channel } from '../../domain/catalogue/channel';
import type { Database } from '../connect';
import { pageOf, type Page } from '../page';

/** Channels by code, a page at a time. */
export async function listChannels(
  db: Database,
  input: { after?: string; limit: number },
): Promise<Page<Channel, string>> {
  const query = db<Channel>('channels')
    .select('code', 'type', 'name', 'settings')
    .orderBy('code')
    .limit(input.limit + 1);
  if (input.after !== undefined) void query.where('code', '>', input.after);
  return pageOf(await query, input.limit, (channel) => channel.code);
}
