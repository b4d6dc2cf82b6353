import type { Money } from '../../domain/money';
import type { Database } from '../connect';
import { instantOrNull } from '../instant';
import { pageOf, type Page } from '../page';

export interface ListPrice {
  sku: string;
  price: Money;
  /** Left out: always was, always will be. */
  validFrom?: string;
  validUntil?: string;
}

export interface PriceList {
  code: string;
  name: string;
  currency: string;
  prices: ListPrice[];
}

/** Its head; null when there is none, or when no account of `channel` goes by it. */
export async function findPriceList(
  db: Database,
  code: string,
  channel: string | null,
): Promise<Omit<PriceList, 'prices'> | null> {
  const query = db('price_lists').where({ code });
  if (channel !== null) void query.whereIn('code', db('accounts').where({ channel }).select('price_list'));
  const row = await query.first<Omit<PriceList, 'prices'> | undefined>('code', 'name', 'currency');
  return row ?? null;
}

/** Price lists by code, a page at a time. */
export async function listPriceLists(
  db: Database,
  { after, limit }: { after?: string; limit: number },
): Promise<Page<Omit<PriceList, 'prices'>, string>> {
  const query = db('price_lists')
    .orderBy('code')
    .limit(limit + 1)
    .select<Omit<PriceList, 'prices'>[]>('code', 'name', 'currency');
  if (after !== undefined) void query.where('code', '>', after);
  return pageOf(await query, limit, ({ code }) => code);
}

interface PriceRow {
  sku: string;
  amount: number;
  currency: string;
  from: Date | null;
  valid_until: Date | null;
  position: string;
}

interface PricesInput {
  code: string;
  q: string | null;
  after?: { sku: string; from: string };
  limit: number;
}

/** The prices of a list by SKU, then by when they begin, a page at a time; `q`: any part of SKU or title. */
export async function listPrices(
  db: Database,
  { code, q, after, limit }: PricesInput,
): Promise<Page<ListPrice, { sku: string; from: string }>> {
  const answer = await db.raw<{ rows: PriceRow[] }>(
    `SELECT p.sku, p.amount, l.currency, nullif(p.valid_from, '-infinity') AS from, p.valid_until,
            p.valid_from::text AS position
     FROM price_list_prices AS p JOIN price_lists AS l ON l.code = p.list JOIN products AS of ON of.sku = p.sku
     WHERE p.list = :code AND (CAST(:sku AS text) IS NULL OR (p.sku, p.valid_from) > (:sku, CAST(:from AS timestamptz)))
       AND (CAST(:part AS text) IS NULL OR p.sku ILIKE :part OR of.title ILIKE :part)
     ORDER BY p.sku, p.valid_from LIMIT :limit`,
    {
      code,
      part: q === null ? null : anyPart(q),
      sku: after?.sku ?? null,
      from: after?.from ?? null,
      limit: limit + 1,
    },
  );
  const page = pageOf(answer.rows, limit, ({ sku, position }) => ({ sku, from: position }));
  return { ...page, items: page.items.map(priceOf) };
}

const anyPart = (q: string): string => `%${q.replace(/[\\%_]/g, '\\$&')}%`;

function priceOf({ sku, amount, currency, from, valid_until: until }: PriceRow): ListPrice {
  const validFrom = instantOrNull(from);
  const validUntil = instantOrNull(until);
  return {
    sku,
    price: { amount, currency },
    ...(validFrom !== null && { validFrom }),
    ...(validUntil !== null && { validUntil }),
  };
}
