import type { Channel } from '../../domain/catalogue/channel';
import type { Database } from '../connect';

/** Creates a channel or replaces it whole. Orders under way keep the settings they began with. */
export async function saveChannel(db: Database, channel: Channel): Promise<void> {
  await db('channels')
    .insert({ ...channel, settings: JSON.stringify(channel.settings), updated_at: db.fn.now() })
    .onConflict('code')
    .merge();
}
