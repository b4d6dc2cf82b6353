import type { Database } from '../connect';
import { instant } from '../instant';
import { pageOf, type Page } from '../page';

/** A line of an account's ledger; minor units of its currency. */
export interface AccountEntry {
  id: number;
  cause: string;
  owed: number;
  held: number;
  orderId: string | null;
  /** Of the bank, for a payment. */
  reference: string | null;
  actor: string;
  at: string;
}

/** What happened on an account, the newest first, a page at a time. */
export async function listAccountEntries(
  db: Database,
  { code, before, limit }: { code: string; before?: number; limit: number },
): Promise<Page<AccountEntry, number>> {
  const query = db('account_ledger')
    .where('account', code)
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .select('id', 'cause', 'owed', 'held', 'order_id', 'reference', 'actor', 'at');
  if (before !== undefined) void query.where('id', '<', before);
  const rows: (Omit<AccountEntry, 'orderId' | 'at'> & { order_id: string | null; at: Date })[] = await query;
  const entries = rows.map(({ order_id: orderId, at, ...row }) => ({ ...row, orderId, at: instant(at) }));
  return pageOf(entries, limit, ({ id }) => id);
}
