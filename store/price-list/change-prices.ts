import type { FieldProblem } from '../../domain/commands';
import type { Database } from '../connect';
import { lookFirst, type Precondition } from '../precondition';
import { inTransaction } from '../transaction';
import { findPrice, laterThanBefore, type ListPrice } from './find-price-list';

export interface ChangePricesInput {
  code: string;
  /** In the currency of the list. */
  set: ListPrice[];
  remove: { sku: string; validFrom?: string }[];
}

export type ChangePricesResult = { outcome: 'changed' } | { outcome: 'invalid'; problems: FieldProblem[] };

/**
 * Changes some prices of a list that is there, all or none. A price is named by its SKU and the instant from which it
 * holds; orders that were taken in keep theirs. Twice is once. What is looked at first is the first that is named.
 */
export async function changePrices(
  db: Database,
  { code, set, remove }: ChangePricesInput,
  mayChange?: Precondition<ListPrice>,
): Promise<ChangePricesResult> {
  return inTransaction(db, async (trx) => {
    const look: Precondition<ListPrice> = (now) => {
      // What is to be taken out and is not there is gone already.
      if (now !== null || set.length > 0) mayChange?.(now);
    };
    const [first] = [...set, ...remove];
    await lookFirst(trx, `priceList:${code}`, look, async () =>
      mayChange && first ? findPrice(trx, code, first) : null,
    );
    await trx('price_lists')
      .where({ code })
      .update({ updated_at: trx.raw(laterThanBefore) });
    const known = new Set<string>(
      await trx('products')
        .whereIn(
          'sku',
          set.map(({ sku }) => sku),
        )
        .pluck('sku'),
    );
    const problems = set.flatMap(({ sku }, index) =>
      known.has(sku) ? [] : [{ pointer: `/set/${index}/sku`, detail: `No product has the SKU "${sku}"` }],
    );
    if (problems.length > 0) return { outcome: 'invalid', problems };
    await trx.raw(removeAll, { code, prices: JSON.stringify(remove) });
    await trx.raw(setAll, { code, prices: JSON.stringify(set) });
    return { outcome: 'changed' };
  });
}

const removeAll = `
  DELETE FROM price_list_prices AS l
  USING jsonb_to_recordset(:prices) AS p (sku text, "validFrom" timestamptz)
  WHERE l.list = :code AND l.sku = p.sku AND l.valid_from = coalesce(p."validFrom", '-infinity')`;

const setAll = `
  INSERT INTO price_list_prices (list, sku, valid_from, valid_until, amount)
  SELECT :code, p.sku, coalesce(p."validFrom", '-infinity'), p."validUntil", (p.price ->> 'amount')::bigint
  FROM jsonb_to_recordset(:prices)
    AS p (sku text, "validFrom" timestamptz, "validUntil" timestamptz, price jsonb)
  ON CONFLICT (list, sku, valid_from) DO UPDATE SET amount = excluded.amount, valid_until = excluded.valid_until`;
