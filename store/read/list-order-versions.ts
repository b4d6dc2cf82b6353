import type { EditChange } from '../../domain/order/order-edit';
import type { PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';
import { instant } from '../instant';

export interface OrderVersion {
  version: number;
  at: string;
  actor: string;
  reason: string | null;
  changes: EditChange[];
  order: PlacedOrder;
}

/** An order as it was at any time, oldest first. One that was never changed is its own only version. */
export async function listOrderVersions(db: Database, orderId: string): Promise<OrderVersion[]> {
  const rows = await db('order_versions').where('order_id', orderId).orderBy('version').select('*');
  if (rows.length > 0)
    return rows.map((row) => ({
      ...{ version: row.version, at: instant(row.at), actor: row.actor, reason: row.reason },
      ...{ changes: row.changes, order: row.content },
    }));
  const placed = await db('orders').where('id', orderId).first('content', 'placed_at', 'channel');
  if (!placed) return [];
  const by = { at: instant(placed.placed_at), actor: `channel:${placed.channel}`, reason: null };
  return [{ version: 1, ...by, changes: [], order: placed.content }];
}

/** What an order was in one of its versions; null where there is none such, as of an order that was never changed. */
export async function readOrderVersion(
  db: Database,
  orderId: string,
  version: number,
): Promise<PlacedOrder | null> {
  const row = await db('order_versions').where({ order_id: orderId, version }).first('content');
  return row?.content ?? null;
}
