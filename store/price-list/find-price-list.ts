import type { Money } from '../../domain/money';
import { anyPart } from '../any-part';
import type { Database } from '../connect';
import { instant, instantOrNull } from '../instant';
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

/** What a list is beside its prices, and when any of it was changed. */
export type PriceListHead = Omit<PriceList, 'prices'> & { updatedAt: string };

/** SQL for when a list is changed: never the same as before, so that it names what the list was. */
export const laterThanBefore = `greatest(now(), price_lists.updated_at + interval '1 ms')`;

/** Its head; null when there is none, or when no account of `channel` goes by it. */
export async function findPriceList(
  db: Database,
  code: string,
  channel: string | null,
): Promise<PriceListHead | null> {
  const query = db('price_lists').where({ code });
  if (channel !== null) void query.whereIn('code', db('accounts').where({ channel }).select('price_list'));
  const row = await query.first<HeadRow | undefined>('code', 'name', 'currency', 'updated_at');
  return row ? headOf(row) : null;
}

/** Price lists by code, a page at a time. */
export async function listPriceLists(
  db: Database,
  { after, limit }: { after?: string; limit: number },
): Promise<Page<PriceListHead, string>> {
  const query = db('price_lists')
    .orderBy('code')
    .limit(limit + 1)
    .select<HeadRow[]>('code', 'name', 'currency', 'updated_at');
  if (after !== undefined) void query.where('code', '>', after);
  return pageOf((await query).map(headOf), limit, ({ code }) => code);
}

type HeadRow = Omit<PriceList, 'prices'> & { updated_at: Date };

const headOf = ({ updated_at, ...head }: HeadRow): PriceListHead => ({
  ...head,
  updatedAt: instant(updated_at),
});

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
  // What is not asked for is not in the statement: it would hide the indexes from its prepared plan.
  const conditions = ['p.list = :code'];
  if (after) conditions.push('(p.sku, p.valid_from) > (:sku, CAST(:from AS timestamptz))');
  if (q !== null) conditions.push('(of.sku ILIKE :part OR of.title ILIKE :part OR of.gtin LIKE :part)');
  const answer = await db.raw<{ rows: PriceRow[] }>(
    `SELECT p.sku, p.amount, l.currency, nullif(p.valid_from, '-infinity') AS from, p.valid_until,
            p.valid_from::text AS position
     FROM price_list_prices AS p JOIN price_lists AS l ON l.code = p.list JOIN products AS of ON of.sku = p.sku
     WHERE ${conditions.join(' AND ')}
     ORDER BY p.sku, p.valid_from LIMIT :limit`,
    { code, limit: limit + 1, ...after, ...(q !== null && { part: anyPart(q) }) },
  );
  const page = pageOf(answer.rows, limit, ({ sku, position }) => ({ sku, from: position }));
  return { ...page, items: page.items.map(priceOf) };
}

/** One price: by its SKU and the instant from which it holds. */
export async function findPrice(
  db: Database,
  code: string,
  { sku, validFrom }: Pick<ListPrice, 'sku' | 'validFrom'>,
): Promise<ListPrice | null> {
  const answer = await db.raw<{ rows: Omit<PriceRow, 'position'>[] }>(
    `SELECT p.sku, p.amount, l.currency, nullif(p.valid_from, '-infinity') AS from, p.valid_until
     FROM price_list_prices AS p JOIN price_lists AS l ON l.code = p.list
     WHERE p.list = :code AND p.sku = :sku
       AND p.valid_from = coalesce(CAST(:validFrom AS timestamptz), '-infinity')`,
    { code, sku, validFrom: validFrom ?? null },
  );
  return answer.rows[0] ? priceOf(answer.rows[0]) : null;
}

function priceOf({ sku, amount, currency, from, valid_until: until }: Omit<PriceRow, 'position'>): ListPrice {
  const validFrom = instantOrNull(from);
  const validUntil = instantOrNull(until);
  return {
    sku,
    price: { amount, currency },
    ...(validFrom !== null && { validFrom }),
    ...(validUntil !== null && { validUntil }),
  };
}
