import type { Money } from '../../domain/money';
import type { OrderStatus } from '../../domain/order/states';
import { anyPart, wordStart } from '../any-part';
import type { Database } from '../connect';
import { instant } from '../instant';
import { pageOf, type Page } from '../page';

export interface ListOrdersInput {
  /** Number, reference, name, mail address, SKU, tracking number: any part, or how it begins for a short word; all words. */
  q?: string;
  status?: OrderStatus;
  channel?: string;
  /** Sold by the staff of this store. */
  soldAt?: string;
  /** On this account. */
  account?: string;
  /** Placed at or after. */
  from?: string;
  /** Placed before. */
  to?: string;
  after?: OrderPosition;
  limit: number;
}
export interface OrderPosition {
  placedAt: string;
  id: string;
}

export interface OrderSummary {
  id: string;
  number: string;
  channel: string;
  externalReference: string;
  status: OrderStatus;
  decision: string | null;
  paymentStatus: string;
  customerName: string;
  total: Money;
  placedAt: string;
  /** What it waits for most urgently. */
  waitingFor: string | null;
  waitingUntil: string | null;
}

/** Orders, newest first, a page at a time. */
export async function listOrders(
  db: Database,
  input: ListOrdersInput,
): Promise<Page<OrderSummary, OrderPosition>> {
  const query = db('orders as o')
    .select<SummaryRow[]>(
      'o.id',
      'o.number',
      'o.channel',
      'o.external_reference',
      'o.status',
      'o.decision',
      'o.payment_status',
      'o.currency',
      'o.total',
      'o.placed_at',
      db.raw(`o.content #>> '{customer,name}' AS customer_name`),
      'w.what',
      'w.until',
    )
    .joinRaw(
      `LEFT JOIN LATERAL (SELECT what, until FROM order_waits WHERE order_id = o.id
                          ORDER BY until NULLS LAST, key LIMIT 1) AS w ON true`,
    )
    .orderBy([
      { column: 'o.placed_at', order: 'desc' },
      { column: 'o.id', order: 'desc' },
    ])
    .limit(input.limit + 1);
  if (input.status) void query.where('o.status', input.status);
  if (input.channel !== undefined) void query.where('o.channel', input.channel);
  if (input.soldAt !== undefined) void query.whereRaw(`o.content ->> 'soldAt' = ?`, [input.soldAt]);
  if (input.account !== undefined)
    void query.whereRaw(`o.content #>> '{customer,account}' = ?`, [input.account]);
  if (input.from) void query.where('o.placed_at', '>=', input.from);
  if (input.to) void query.where('o.placed_at', '<', input.to);
  if (input.after)
    void query.whereRaw('(o.placed_at, o.id) < (?, ?)', [input.after.placedAt, input.after.id]);
  const words = wordsOf(input.q);
  if (input.q?.trim() && words.length === 0) return { items: [], next: null };
  for (const word of words)
    void query.where((either) => {
      for (const pattern of patternsOf(word)) void either.orWhere('o.search_text', 'like', pattern);
    });
  const rows = await query;
  return pageOf(rows.map(summaryOf), input.limit, ({ placedAt, id }) => ({ placedAt, id }));
}

/** search_text is kept in lower case, and its index knows letters and digits: a sign alone is no word. */
const wordsOf = (q: string | undefined): string[] =>
  (q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));

/** Parts of a text are found by three characters each: for fewer the index knows only how words begin. */
const patternsOf = (word: string): string[] => ([...word].length < 3 ? wordStart(word) : [anyPart(word)]);

interface SummaryRow {
  id: string;
  number: string;
  channel: string;
  external_reference: string;
  status: OrderStatus;
  decision: string | null;
  payment_status: string;
  customer_name: string;
  currency: string;
  total: number;
  placed_at: Date;
  what: string | null;
  until: Date | null;
}

const summaryOf = (row: SummaryRow): OrderSummary => ({
  id: row.id,
  number: row.number,
  channel: row.channel,
  externalReference: row.external_reference,
  status: row.status,
  decision: row.decision,
  paymentStatus: row.payment_status,
  customerName: row.customer_name,
  total: { amount: row.total, currency: row.currency },
  placedAt: instant(row.placed_at),
  waitingFor: row.what,
  waitingUntil: row.until && instant(row.until),
});
