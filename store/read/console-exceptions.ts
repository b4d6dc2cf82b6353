import type { Knex } from 'knex';
import type { Database } from '../connect';
import { instant } from '../instant';
import { pageOf, type Page } from '../page';

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

/** A page and how much there is of it altogether. */
export interface CountedPage<Row, Key> extends Page<Row, Key> {
  total: number;
}
export interface OverduePosition {
  until: string;
  orderId: string;
  key: string;
}

/** Waits whose end has passed, longest overdue first. */
export async function readOverdueWaits(
  db: Database,
  { after, limit }: { after?: OverduePosition; limit: number },
): Promise<CountedPage<OverdueWait, OverduePosition>> {
  const rows = await db('order_waits as w')
    .join('orders as o', 'o.id', 'w.order_id')
    .whereRaw('w.until < now()')
    .whereRaw(
      'CAST(:until AS timestamptz) IS NULL OR (w.until, w.order_id, w.key) > (:until, :orderId, :key)',
      {
        until: after?.until ?? null,
        orderId: after?.orderId ?? null,
        key: after?.key ?? null,
      },
    )
    .orderBy(['w.until', 'w.order_id', 'w.key'])
    .limit(limit + 1)
    .select('w.*', 'o.number', 'o.channel', db.raw(`w.until::text AS until_text`));
  const page = pageOf(rows, limit, (row) => ({ until: row.until_text, orderId: row.order_id, key: row.key }));
  const items = page.items.map((row) => ({
    orderId: row.order_id as string,
    orderNumber: row.number as string,
    channel: row.channel as string,
    what: row.what as string,
    since: instant(row.since as Date),
    until: instant(row.until as Date),
    then: row.then_what as string,
  }));
  return { ...page, items, total: await count(db('order_waits').whereRaw('until < now()')) };
}

/** What could not be delivered so far, oldest first. */
export async function readFailedItems(
  db: Database,
  { after, limit }: { after?: number; limit: number },
): Promise<CountedPage<FailedItem, number>> {
  const failed = () => db('outbox as m').whereNull('m.delivered_at').whereNotNull('m.last_error');
  const rows = await failed()
    .leftJoin('orders as o', 'o.id', 'm.order_id')
    .where('m.id', '>', after ?? 0)
    .orderBy('m.id')
    .limit(limit + 1)
    .select(
      'm.*',
      'o.number',
      db.raw(`coalesce(m.payload ->> 'template', m.payload ->> 'signal', m.kind) AS name`),
    );
  const page = pageOf(rows, limit, (row) => row.id as number);
  const items = page.items.map((row) => ({
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
  return { ...page, items, total: await count(failed()) };
}

async function count(query: Knex.QueryBuilder): Promise<number> {
  const [row] = await query.count<{ count: number }[]>('* as count');
  return Number(row!.count);
}
