import type { Money } from '../../domain/money';
import type { Database } from '../connect';

export interface CreditAccount {
  code: string;
  kind: 'giftCard' | 'storeCredit';
  balance: Money;
  /** Of the balance, promised to orders. */
  held: Money;
}

export async function findCreditAccount(db: Database, code: string): Promise<CreditAccount | null> {
  const row = await db('credit_accounts')
    .where({ code })
    .first<{ kind: CreditAccount['kind']; currency: string; balance: number; held: number } | undefined>();
  if (!row) return null;
  const { kind, currency } = row;
  return { code, kind, balance: { amount: row.balance, currency }, held: { amount: row.held, currency } };
}
