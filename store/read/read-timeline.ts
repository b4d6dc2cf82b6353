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

/** Above every id. */
const latest = Number.MAX_SAFE_INTEGER;

/** The order's story in the order in which it was written down, or the other way round, a page at a time. */
export async function readTimeline(
  db: Database,
  input: { orderId: string; after?: number; limit: number; isNewestFirst?: boolean },
): Promise<Page<TimelineEvent, number>> {
  const rows = await db<TimelineEvent & { order_id: string }>('order_events')
    .select('id', 'type', 'at', 'actor', 'data')
    .where('order_id', input.orderId)
    .where('id', input.isNewestFirst ? '<' : '>', input.after ?? (input.isNewestFirst ? latest : 0))
    .orderBy('id', input.isNewestFirst ? 'desc' : 'asc')
    .limit(input.limit + 1);
  const events = rows.map((row) => ({ ...row, at: instant(row.at) }));
  return pageOf(events as TimelineEvent[], input.limit, (event) => event.id);
}
