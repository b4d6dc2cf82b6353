import type { Money } from '../../domain/money';
import type { Database } from '../connect';

/** What an order that names an account goes by. */
export interface AccountTerms {
  channel: string;
  currency: string;
  priceList: string | null;
  /** Of that list, in force at the order's instant. */
  prices: { sku: string; price: Money }[];
}

/** Null when there is no such account. */
export async function readAccountTerms(
  db: Database,
  input: { account: string; skus: string[]; at: string },
): Promise<AccountTerms | null> {
  const answer = await db.raw<{ rows: Row[] }>(sql, { ...input });
  const row = answer.rows[0];
  return row ? { ...row, prices: row.prices ?? [] } : null;
}

type Row = Omit<AccountTerms, 'prices'> & { prices: AccountTerms['prices'] | null };

const sql = `
  SELECT a.channel, a.currency, a.price_list AS "priceList",
    (SELECT json_agg(json_build_object('sku', p.sku, 'price',
              json_build_object('amount', p.amount, 'currency', l.currency)))
     FROM (SELECT DISTINCT ON (sku) * FROM price_list_prices
           WHERE list = a.price_list AND sku = ANY (:skus) AND valid_from <= CAST(:at AS timestamptz)
           ORDER BY sku, valid_from DESC) AS p
     JOIN price_lists AS l ON l.code = p.list
     WHERE p.valid_until IS NULL OR p.valid_until > CAST(:at AS timestamptz)) AS prices
  FROM accounts AS a WHERE a.code = :account`;
