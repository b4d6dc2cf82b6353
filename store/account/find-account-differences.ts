import type { Database } from '../connect';

/** An account that does not say what its ledger comes to; minor units. */
export interface AccountDifference {
  code: string;
  currency: string;
  figure: 'owed' | 'held';
  counted: number;
  recorded: number;
}

/** Recomputes what every account owes and holds from its ledger. Empty when all agree. */
export async function findAccountDifferences(db: Database): Promise<AccountDifference[]> {
  const answer = await db.raw<{ rows: AccountDifference[] }>(sql);
  return answer.rows;
}

const sql = `
  SELECT a.code, a.currency, f.figure, f.counted, f.recorded
  FROM accounts AS a
  LEFT JOIN (SELECT account, sum(owed)::bigint AS owed, sum(held)::bigint AS held
             FROM account_ledger GROUP BY account) AS l ON l.account = a.code
  CROSS JOIN LATERAL (VALUES
    ('owed', a.owed, coalesce(l.owed, 0)), ('held', a.held, coalesce(l.held, 0))
  ) AS f (figure, counted, recorded)
  WHERE f.counted <> f.recorded
  ORDER BY a.code, f.figure`;
