import type { Money } from '../../domain/money';
import type { Database } from '../connect';

export type OpenGiftCardResult =
  { outcome: 'opened' | 'alreadyOpen' } | { outcome: 'differs'; opening: Money };

/**
 * Opens a gift card with its first value: account and ledger in one statement. The same code again changes
 * nothing; with another value it is told apart, because somebody holds that card already.
 */
export async function openGiftCard(
  db: Database,
  input: { code: string; balance: Money },
): Promise<OpenGiftCardResult> {
  const { code, balance } = input;
  const key = `open:${code}`;
  const answer = await db.raw<{ rows: { opened: boolean }[] }>(
    `WITH account AS (
       INSERT INTO credit_accounts (code, kind, currency, balance) VALUES (:code, 'giftCard', :currency, :amount)
       ON CONFLICT (code) DO NOTHING RETURNING code
     ), ledger AS (
       INSERT INTO credit_ledger (key, code, balance, cause) SELECT :key, code, :amount, 'opening' FROM account
     )
     SELECT EXISTS (SELECT 1 FROM account) AS opened`,
    { code, key, amount: balance.amount, currency: balance.currency },
  );
  if (answer.rows[0]?.opened) return { outcome: 'opened' };
  const first = await db('credit_accounts as a')
    .leftJoin('credit_ledger as l', 'l.key', db.raw('?', [key]))
    .where('a.code', code)
    .first<{ currency: string; amount: number | null }>({ currency: 'a.currency', amount: 'l.balance' });
  const opening = { amount: first.amount ?? 0, currency: first.currency };
  const isSame = opening.amount === balance.amount && opening.currency === balance.currency;
  return isSame ? { outcome: 'alreadyOpen' } : { outcome: 'differs', opening };
}
