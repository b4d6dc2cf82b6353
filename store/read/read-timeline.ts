import type { Database } from '../connect';
import { instant } from '../instant';
import { pageOf, type Page } from '../page';

export interface TimelineEvent {
  id: number;
  type: string;
  at: string;
  actor: string;
  data: Record<string, unknown>;
}

/** The order's story in the order in which it was written down, a page at a time. */
export async function readTimeline(
  db: Database,
  input: { orderId: string; after?: number; limit: number },
): Promise<Page<TimelineEvent, number>> {
  const rows = await db<TimelineEvent & { order_id: string }>('order_events')
    .select('id', 'type', 'at', 'actor', 'data')
    .where('order_id', input.orderId)
    .where('id', '>', input.after ?? 0)
    .orderBy('id')
    .limit(input.limit + 1);
  const events = rows.map((row) => ({ ...row, at: instant(row.at) }));
  return pageOf(events as TimelineEvent[], input.limit, (event) => event.id);
}
