import { z } from 'zod';
import type { PriceChangeBody, PriceListBody, PricesQuery } from '../contract/accounts';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import type { ListPrice, PriceListHead } from '../../store/price-list/find-price-list';
import type { Principal } from '../authenticate';
import { invalidInput, notFound } from '../problem';
import { whileSeen, type Seen } from '../seen';

const codeCursor = z.string().max(300);
const priceCursor = z.object({ sku: z.string().max(300), from: z.string().max(100) });
type Paging = { limit: number; cursor?: string };

/** What can be changed of a price. */
export const priceTerms = ({ price, validUntil }: Pick<ListPrice, 'price' | 'validUntil'>) => ({
  price,
  validUntil,
});

/** All of a list; each change of a price moves the instant. */
export const listMark = ({ name, currency, updatedAt }: PriceListHead) => ({
  name,
  currency,
  prices: [updatedAt],
});

export function createPriceLists({ store }: ApiDependencies) {
  /** A channel sees the lists that its accounts go by: prices of others are not its business. */
  async function find({ role, boundTo }: Principal, code: string) {
    const found = await store.findPriceList(code, role === 'channel' ? boundTo : null);
    if (!found) throw notFound(`There is no price list "${code}"`);
    return found;
  }

  return {
    find,

    async save(code: string, body: PriceListBody, seen?: Seen) {
      const saved = await store.savePriceList(
        { ...body, code },
        whileSeen(seen, `the price list "${code}"`, listMark),
      );
      if (saved.outcome === 'invalid') throw invalidInput(saved.problems);
      return (await store.findPriceList(code, null))!;
    },

    async list({ limit, cursor }: Paging) {
      const after = decodeCursor(codeCursor, cursor);
      return asList(await store.listPriceLists({ limit, after }), (list) => list);
    },

    /** With `seen`, only while the price that is named first is as it was seen. */
    async change(principal: Principal, code: string, change: PriceChangeBody, seen?: Seen) {
      const list = await find(principal, code);
      const problems = change.set.flatMap(({ price }, index) =>
        price.currency === list.currency
          ? []
          : [{ pointer: `/set/${index}/price/currency`, detail: `The list is in ${list.currency}` }],
      );
      if (problems.length > 0) throw invalidInput(problems);
      const [first] = [...change.set, ...change.remove];
      const changed = await store.changePrices(
        { ...change, code },
        whileSeen(seen, `the price of ${first?.sku}`, priceTerms),
      );
      if (changed.outcome === 'invalid') throw invalidInput(changed.problems);
      return find(principal, code);
    },

    async listPrices(principal: Principal, code: string, { limit, cursor, q }: PricesQuery) {
      await find(principal, code);
      const after = decodeCursor(priceCursor, cursor);
      return asList(await store.listPrices({ code, q: q ?? null, limit, after }), (price) => price);
    },
  };
}
