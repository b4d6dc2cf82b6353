import type { Database } from '../connect';
import { instant, instantOrNull } from '../instant';
import { pageOf, type Page } from '../page';

/** One message to a channel that was tried. */
export interface Delivery {
  sequence: number;
  kind: 'changes' | 'snapshot';
  items: number;
  sentAt: string;
  /** Null: it was not taken, or nobody heard that it was. */
  deliveredAt: string | null;
  error: string | null;
}

interface DeliveryRow {
  id: number;
  sequence: number;
  kind: Delivery['kind'];
  items: number;
  sent_at: Date;
  delivered_at: Date | null;
  error: string | null;
}

/** What was sent to a channel, the newest first, a page at a time. */
export async function listDeliveries(
  db: Database,
  { channel, before, limit }: { channel: string; before?: number; limit: number },
): Promise<Page<Delivery, { id: number }>> {
  const query = db<DeliveryRow>('channel_deliveries')
    .where('channel', channel)
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (before !== undefined) void query.where('id', '<', before);
  const page = pageOf(await query, limit, ({ id }) => ({ id }));
  return { ...page, items: page.items.map(deliveryOf) };
}

const deliveryOf = (row: DeliveryRow): Delivery => ({
  sequence: row.sequence,
  kind: row.kind,
  items: row.items,
  sentAt: instant(row.sent_at),
  deliveredAt: instantOrNull(row.delivered_at),
  error: row.error,
});

const keptDays = 7;

/** The log is for looking back some days. */
export async function forgetOldDeliveries(db: Database): Promise<void> {
  await db('channel_deliveries').whereRaw(`sent_at < now() - ? * interval '1 day'`, [keptDays]).delete();
}
