import type { ChannelSettings } from '../../domain/order/settings';
import type { Database } from '../connect';

/** Name, type and settings of a channel; throws when it does not exist, because orders of it are refused before. */
export async function readChannel(
  db: Database,
  code: string,
): Promise<{ name: string; type: string; settings: ChannelSettings }> {
  const row = await db('channels').where('code', code).first('name', 'type', 'settings');
  if (!row) throw new Error(`There is no channel ${code}`);
  return { name: row.name, type: row.type, settings: row.settings };
}
