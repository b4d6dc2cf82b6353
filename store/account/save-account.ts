import type { Account } from '../../domain/account/account';
import type { FieldProblem } from '../../domain/commands';
import type { Database } from '../connect';
import { lookFirst, type Precondition } from '../precondition';
import { inTransaction } from '../transaction';
import { findAccount } from './find-account';

export type SaveAccountResult = { outcome: 'saved' } | { outcome: 'invalid'; problems: FieldProblem[] };

/**
 * Opens an account or changes its terms. A limit below what is owed already is taken: nothing new is let go until
 * enough was paid. Its currency stays, because what is owed is in it.
 */
export async function saveAccount(
  db: Database,
  account: Omit<Account, 'owed' | 'held'>,
  mayChange?: Precondition<Account>,
): Promise<SaveAccountResult> {
  return inTransaction(db, async (trx) => {
    const { code } = account;
    await lookFirst(trx, `account:${code}`, mayChange, () => findAccount(trx, code));
    const answer = await trx.raw<{ rows: Known[] }>(known, { ...account });
    const problems = problemsOf(account, answer.rows[0]!);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    await trx.raw(
      `INSERT INTO accounts AS a (code, channel, name, currency, price_list, credit_limit)
     VALUES (:code, :channel, :name, :currency, :priceList, :creditLimit)
     ON CONFLICT (code) DO UPDATE SET
       channel = excluded.channel, name = excluded.name, price_list = excluded.price_list,
       credit_limit = excluded.credit_limit,
       beyond = greatest(0, a.owed + a.held - excluded.credit_limit), updated_at = now()`,
      { ...account },
    );
    return { outcome: 'saved' };
  });
}

interface Known {
  channel: string | null;
  list: string | null;
  currency: string | null;
}

const known = `
  SELECT (SELECT code FROM channels WHERE code = :channel) AS channel,
         (SELECT currency FROM price_lists WHERE code = :priceList) AS list,
         (SELECT currency FROM accounts WHERE code = :code) AS currency`;

function problemsOf(
  account: Omit<Account, 'owed' | 'held'>,
  { channel, list, currency }: Known,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (channel === null)
    problems.push({ pointer: '/channel', detail: `No channel has the code "${account.channel}"` });
  if (account.priceList !== null && list === null)
    problems.push({ pointer: '/priceList', detail: `There is no price list "${account.priceList}"` });
  else if (account.priceList !== null && list !== account.currency)
    problems.push({ pointer: '/priceList', detail: `The prices of "${account.priceList}" are in ${list}` });
  if (currency !== null && currency !== account.currency)
    problems.push({
      pointer: '/creditLimit/currency',
      detail: `This account is in ${currency}, and stays so`,
    });
  return problems;
}
