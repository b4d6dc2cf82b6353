import { askPastItself } from '../ask-past-itself';
import type { Database } from '../connect';

export interface AccountPayment {
  account: string;
  currency: string;
  /** Minor units, positive. */
  amount: number;
  /** The bank's own: the same reference is the same money. */
  reference: string;
  actor: string;
  at: string;
}

export type PayAccountResult =
  | { outcome: 'done' }
  | { outcome: 'unknownAccount' }
  | { outcome: 'wrongCurrency'; currency: string }
  /** This reference is of another amount. */
  | { outcome: 'differs'; amount: number };

/** Money came in for an account: that much less is owed, at once. Twice is once. */
export async function payAccount(db: Database, payment: AccountPayment): Promise<PayAccountResult> {
  const key = `payment:${payment.account}:${payment.reference}`;
  const pay = () => db.raw<{ rows: Row[] }>(sql, { ...payment, key });
  const answer = await askPastItself(pay, { unique: 'account_ledger_key_key' });
  const { currency, before } = answer.rows[0]!;
  if (currency === null) return { outcome: 'unknownAccount' };
  if (before !== null && before !== payment.amount) return { outcome: 'differs', amount: before };
  if (currency !== payment.currency) return { outcome: 'wrongCurrency', currency };
  return { outcome: 'done' };
}

interface Row {
  currency: string | null;
  /** What came under this reference before. */
  before: number | null;
}

const sql = `
  WITH paid AS (
    UPDATE accounts AS a SET
      owed = a.owed - :amount, updated_at = now(),
      beyond = least(a.beyond, greatest(0, a.owed - :amount + a.held - a.credit_limit))
    WHERE a.code = :account AND a.currency = :currency
      AND NOT EXISTS (SELECT 1 FROM account_ledger WHERE key = :key)
    RETURNING a.code
  ), ledger AS (
    INSERT INTO account_ledger (key, account, cause, owed, reference, actor, at)
    SELECT :key, code, 'payment', -CAST(:amount AS bigint), :reference, :actor, :at FROM paid
  )
  SELECT (SELECT currency FROM accounts WHERE code = :account) AS currency,
         (SELECT -owed FROM account_ledger WHERE key = :key) AS before`;
