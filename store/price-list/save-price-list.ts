import type { FieldProblem } from '../../domain/commands';
import type { Database } from '../connect';
import { lookFirst, type Precondition } from '../precondition';
import { inTransaction } from '../transaction';
import { findPriceList, laterThanBefore, type PriceList, type PriceListHead } from './find-price-list';

export type SavePriceListResult = { outcome: 'saved' } | { outcome: 'invalid'; problems: FieldProblem[] };

/** Creates a price list or replaces it whole; orders that were taken in keep their prices. */
export async function savePriceList(
  db: Database,
  { code, name, currency, prices }: PriceList,
  mayChange?: Precondition<PriceListHead>,
): Promise<SavePriceListResult> {
  return inTransaction(db, async (trx) => {
    await lookFirst(trx, `priceList:${code}`, mayChange, () => findPriceList(trx, code, null));
    const problems = await problemsOf(trx, code, currency, prices);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    await trx('price_lists')
      .insert({ code, name, currency, updated_at: trx.fn.now() })
      .onConflict('code')
      .merge({ name, currency, updated_at: trx.raw(laterThanBefore) });
    await trx('price_list_prices').where('list', code).delete();
    await trx.raw(
      `INSERT INTO price_list_prices (list, sku, valid_from, valid_until, amount)
       SELECT :code, p.sku, coalesce(p."validFrom", '-infinity'), p."validUntil", (p.price ->> 'amount')::bigint
       FROM jsonb_to_recordset(:prices)
         AS p (sku text, "validFrom" timestamptz, "validUntil" timestamptz, price jsonb)`,
      { code, prices: JSON.stringify(prices) },
    );
    return { outcome: 'saved' };
  });
}

async function problemsOf(
  trx: Database,
  code: string,
  currency: string,
  prices: PriceList['prices'],
): Promise<FieldProblem[]> {
  const answer = await trx.raw<{ rows: { skus: string[]; users: string[] }[] }>(
    `SELECT ARRAY(SELECT sku FROM products WHERE sku = ANY (:skus)) AS skus,
            ARRAY(SELECT code FROM accounts WHERE price_list = :code AND currency <> :currency) AS users`,
    { skus: prices.map(({ sku }) => sku), code, currency },
  );
  const { skus, users } = answer.rows[0]!;
  const known = new Set(skus);
  return [
    ...(users.length > 0
      ? [{ pointer: '/currency', detail: `The account "${users[0]}" goes by this list in another currency` }]
      : []),
    ...prices.flatMap(({ sku }, index) =>
      known.has(sku) ? [] : [{ pointer: `/prices/${index}/sku`, detail: `No product has the SKU "${sku}"` }],
    ),
  ];
}
