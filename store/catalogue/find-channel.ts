import type { Channel } from '../../domain/catalogue/channel';
import type { Database } from '../connect';

export async function findChannel(db: Database, code: string): Promise<Channel | null> {
  const row = await db<Channel>('channels')
    .select('code', 'type', 'name', 'settings')
    .where({ code })
    .first();
  return row ?? null;
}
