import type { HoldType } from '../../domain/order/hold';
import type { Database } from '../connect';
import { instant, instantOrNull } from '../instant';
import { pageOf, type Page } from '../page';
import type { HoldView } from './order-view';

export interface OpenHold extends HoldView {
  orderId: string;
  orderNumber: string;
  channel: string;
}
export interface HoldPosition {
  until: string;
  orderId: string;
  id: string;
}

/** Holds that nobody has released, most urgent first. */
export async function listHolds(
  db: Database,
  input: { type?: HoldType; owner?: string; channel?: string; after?: HoldPosition; limit: number },
): Promise<Page<OpenHold, HoldPosition>> {
  const query = db('order_holds as h')
    .join('orders as o', 'o.id', 'h.order_id')
    .whereNull('h.released_at')
    .where('o.status', 'onHold')
    .orderByRaw(`coalesce(h.until, 'infinity'), h.order_id, h.key`)
    .limit(input.limit + 1)
    .select('h.*', 'o.number', 'o.channel', db.raw(`coalesce(h.until, 'infinity')::text AS until_text`));
  if (input.type) void query.where('h.type', input.type);
  if (input.owner !== undefined) void query.where('h.owner', input.owner);
  if (input.channel !== undefined) void query.where('o.channel', input.channel);
  if (input.after)
    void query.whereRaw(`(coalesce(h.until, 'infinity'), h.order_id, h.key) > (:until, :orderId, :id)`, {
      ...input.after,
    });
  const page = pageOf(await query, input.limit, (row) => ({
    until: row.until_text as string,
    orderId: row.order_id as string,
    id: row.key as string,
  }));
  return { ...page, items: page.items.map(holdOf) };
}

const holdOf = (row: Record<string, never>): OpenHold => ({
  ...{ orderId: row.order_id!, orderNumber: row.number!, channel: row.channel! },
  ...{ id: row.key!, type: row.type!, reason: row.reason!, because: row.because ?? null, owner: row.owner! },
  ...{ until: instantOrNull(row.until ?? null), then: row.then_what!, actor: row.actor! },
  ...{ placedAt: instant(row.placed_at!), releasedAt: null, releasedBy: null },
});
