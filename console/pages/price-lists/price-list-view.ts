import type { Request } from 'express';
import { pricesQuery } from '../../../api/contract/accounts';
import { validate } from '../../../api/http/validate';
import { seenOf } from '../../../api/seen';
import { listMark, priceTerms } from '../../../api/services/price-lists';
import type { Services } from '../../../api/services';
import { decimalOf } from '../../../domain/amount-text';
import type { ConsoleDependencies } from '../../dependencies';
import type { Visit } from '../../desk';
import type { View } from '../../views';
import { queryOf, urlWith, whereOf, type Query } from '../query';
import { momentText } from './price-fields';
import { priceListUrl } from './price-list-url';

const pageSize = 50;

type Price = Awaited<ReturnType<Services['priceLists']['listPrices']>>['items'][number];

/** What of a list is looked at. */
export const priceListQuery = (req: Request): Query => queryOf(req, ['q', 'cursor']);

/** One price list with its prices. What was typed and refused stays. */
export async function priceListView(deps: ConsoleDependencies, visit: Visit): Promise<View> {
  const { services, reads, now } = deps;
  const { principal, req, form } = visit;
  const code = String(req.params.code);
  const list = await services.priceLists.find(principal, code);
  const asked = priceListQuery(req);
  const { cursor, ...filters } = asked;
  const { q } = filters as { q?: string };
  const query = validate(pricesQuery, { q, cursor, limit: pageSize }, 'query');
  const { items, nextCursor } = await services.priceLists.listPrices(principal, code, query);
  const titles = await reads.readTitles(items.map(({ sku }) => sku));
  const url = priceListUrl(code);
  const at = now().toISOString();
  return {
    template: 'price-list',
    title: list.name,
    data: {
      ...{ list, url, q, where: whereOf(asked), typed: form, seen: seenOf(listMark(list)) },
      isFiltered: q !== undefined,
      mayChange: visit.may('changePrices'),
      listsUrl: visit.may('listPriceLists') ? '/price-lists' : null,
      rows: items.map((price) => rowOf(price, titles, at)),
      isFirstPage: cursor === undefined,
      firstUrl: urlWith(url, filters),
      nextUrl: nextCursor && urlWith(url, { ...filters, cursor: nextCursor }),
    },
  };
}

function rowOf(price: Price, titles: Record<string, string>, at: string) {
  const { sku, validFrom, validUntil } = price;
  return {
    ...price,
    id: `${sku}-${validFrom ?? 'always'}`,
    title: titles[sku] ?? sku,
    seen: seenOf(priceTerms(price)),
    priceText: decimalOf(price.price),
    from: momentText(validFrom),
    until: momentText(validUntil),
    state: stateOf(price, at),
  };
}

function stateOf({ validFrom, validUntil }: Price, at: string): { word: string; tone: string } | null {
  if (validFrom !== undefined && validFrom > at) return { word: 'to come', tone: 'info' };
  if (validUntil !== undefined && validUntil <= at) return { word: 'over', tone: 'quiet' };
  return null;
}
