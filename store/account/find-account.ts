import type { Account } from '../../domain/account/account';
import type { Database } from '../connect';
import { pageOf, type Page } from '../page';
import { accountOf, type AccountRow } from './account-row';

export async function findAccount(db: Database, code: string): Promise<Account | null> {
  const row = await db<AccountRow>('accounts').where({ code }).first();
  return row ? accountOf(row) : null;
}

/** Accounts by code, a page at a time. */
export async function listAccounts(
  db: Database,
  { channel, after, limit }: { channel?: string; after?: string; limit: number },
): Promise<Page<Account, string>> {
  const query = db<AccountRow>('accounts')
    .orderBy('code')
    .limit(limit + 1);
  if (channel !== undefined) void query.where({ channel });
  if (after !== undefined) void query.where('code', '>', after);
  return pageOf((await query).map(accountOf), limit, ({ code }) => code);
}
