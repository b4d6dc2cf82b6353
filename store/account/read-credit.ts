import { accountOf, type AccountRow } from './account-row';
import { creditLeft, type Account } from '../../domain/account/account';
import type { Database } from '../connect';

/** What an account can still order, and of what limit; null when there is no such account. A look, not a hold. */
export async function readCredit(db: Database, code: string): Promise<(Account & { left: number }) | null> {
  const row = await db<AccountRow>('accounts').where({ code }).first();
  if (!row) return null;
  const account = accountOf(row);
  return { ...account, left: creditLeft(account) };
}
