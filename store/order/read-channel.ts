import type { OrderSettings } from '../../domain/order/settings';
import type { Database } from '../connect';

/** Name and settings of a channel; throws when it does not exist, because orders of it are refused before. */
export async function readChannel(
  db: Database,
  code: string,
): Promise<{ name: string; settings: Partial<OrderSettings> }> {
  const row = await db('channels').where('code', code).first('name', 'settings');
  if (!row) throw new Error(`There is no channel ${code}`);
  return { name: row.name, settings: row.settings };
}
