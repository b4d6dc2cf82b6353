import type { Database } from '../connect';

/** An account of credit that does not say what its ledger comes to; minor units. */
export interface CreditDifference {
  code: string;
  currency: string;
  figure: 'balance' | 'held';
  counted: number;
  recorded: number;
}

/** Recomputes balance and holds of every gift card and store credit from its ledger. Empty when all agree. */
export async function findCreditDifferences(db: Database): Promise<CreditDifference[]> {
  const answer = await db.raw<{ rows: CreditDifference[] }>(sql);
  return answer.rows;
}

const sql = `
  SELECT a.code, a.currency, f.figure, f.counted, f.recorded
  FROM credit_accounts AS a
  LEFT JOIN (SELECT code, sum(balance)::bigint AS balance, sum(held)::bigint AS held FROM credit_ledger GROUP BY code)
    AS l USING (code)
  CROSS JOIN LATERAL (VALUES
    ('balance', a.balance, coalesce(l.balance, 0)), ('held', a.held, coalesce(l.held, 0))
  ) AS f (figure, counted, recorded)
  WHERE f.counted <> f.recorded
  ORDER BY a.code, f.figure`;
