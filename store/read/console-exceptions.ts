import type { Database } from '../connect';
import { instant } from '../instant';

export interface OverdueWait {
  orderId: string;
  orderNumber: string;
  channel: string;
  what: string;
  since: string;
  until: string;
  then: string;
}

export interface FailedItem {
  id: number;
  kind: 'mail' | 'signal';
  /** Template of a mail, name of a signal. */
  name: string;
  orderId: string | null;
  orderNumber: string | null;
  attempts: number;
  error: string;
  createdAt: string;
  nextAt: string;
}

/** Waits whose end has passed, longest overdue first. */
export async function readOverdueWaits(
  db: Database,
  limit: number,
): Promise<{ items: OverdueWait[]; total: number }> {
  const rows = await db('order_waits as w')
    .join('orders as o', 'o.id', 'w.order_id')
    .whereRaw('w.until < now()')
    .orderBy('w.until')
    .limit(limit)
    .select('w.*', 'o.number', 'o.channel', db.raw('count(*) OVER ()::int AS total'));
  const items = rows.map((row) => ({
    orderId: row.order_id as string,
    orderNumber: row.number as string,
    channel: row.channel as string,
    what: row.what as string,
    since: instant(row.since as Date),
    until: instant(row.until as Date),
    then: row.then_what as string,
  }));
  return { items, total: (rows[0]?.total as number | undefined) ?? 0 };
}

/** What could not be delivered so far, most often tried first. */
export async function readFailedItems(
  db: Database,
  limit: number,
): Promise<{ items: FailedItem[]; total: number }> {
  const rows = await db('outbox as m')
    .leftJoin('orders as o', 'o.id', 'm.order_id')
    .whereNull('m.delivered_at')
    .whereNotNull('m.last_error')
    .orderBy([{ column: 'm.attempts', order: 'desc' }, 'm.id'])
    .limit(limit)
    .select(
      'm.*',
      'o.number',
      db.raw(`coalesce(m.payload ->> 'template', m.payload ->> 'signal', m.kind) AS name`),
      db.raw('count(*) OVER ()::int AS total'),
    );
  const items = rows.map((row) => ({
    id: row.id as number,
    kind: row.kind as 'mail' | 'signal',
    name: row.name as string,
    orderId: row.order_id as string | null,
    orderNumber: row.number as string | null,
    attempts: row.attempts as number,
    error: row.last_error as string,
    createdAt: instant(row.created_at as Date),
    nextAt: instant(row.due_at as Date),
  }));
  return { items, total: (rows[0]?.total as number | undefined) ?? 0 };
}
