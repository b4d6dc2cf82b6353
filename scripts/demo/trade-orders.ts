import type { Product } from '../../domain/catalogue/product';
import { eur } from './basket';
import type { Person } from './people';

export type Items = readonly [sku: string, quantity: number][];
type Catalogue = ReadonlyMap<string, Product>;

const linesOf = (items: Items) => items.map(([sku, quantity]) => ({ sku, quantity }));

const priceOf = (catalogue: Catalogue, sku: string): number => {
  const price = catalogue.get(sku)?.price;
  if (!price) throw new Error(`${sku} is not in the catalogue, or has no price`);
  return price.amount;
};

const sumOf = (items: Items, price: (sku: string) => number): number =>
  items.reduce((sum, [sku, quantity]) => sum + quantity * price(sku), 0);

/** A store fills its shelves: no customer, no money. */
export const replenishment = (externalReference: string, toLocationId: string, items: Items) => ({
  ...{ channel: 'replenishment', externalReference, currency: 'EUR', lines: linesOf(items) },
  delivery: { mode: 'ship', toLocationId },
});

/** A franchisee orders by its price list, which says what it costs, and pays later. */
export function franchiseOrder(
  externalReference: string,
  who: Person,
  account: string,
  items: Items,
  catalogue: Catalogue,
) {
  const total = eur(sumOf(items, (sku) => Math.round((priceOf(catalogue, sku) * 2) / 3)));
  const lines = items.map(([sku, quantity]) => ({
    ...{ sku, quantity },
    taxRateBps: catalogue.get(sku)?.taxRateBps,
  }));
  return {
    ...{ channel: 'franchise', externalReference, currency: 'EUR', lines, total },
    customer: { email: who.email, name: who.name, locale: who.locale, account },
    shippingAddress: { name: who.name, ...who.address },
    shipping: { method: 'standard', price: eur(0) },
    delivery: { mode: 'ship' },
    tenders: [{ method: 'onAccount', amount: total }],
  };
}

/** Sold in a store that has none of it: paid at its till, sent home. */
export function aisleSale(
  externalReference: string,
  soldAt: string,
  who: Person,
  items: Items,
  catalogue: Catalogue,
) {
  const total = eur(sumOf(items, (sku) => priceOf(catalogue, sku)));
  return {
    ...{ channel: 'pos', externalReference, soldAt, currency: 'EUR', total },
    customer: { email: who.email, name: who.name, locale: who.locale },
    shippingAddress: { name: who.name, ...who.address },
    lines: items.map(([sku, quantity]) => {
      const { price, taxRateBps } = catalogue.get(sku)!;
      return { sku, quantity, unitPrice: price!, taxRateBps };
    }),
    shipping: { method: 'standard', price: eur(0) },
    delivery: { mode: 'ship' },
    tenders: [{ method: 'till', amount: total, token: externalReference, paidBy: 'cardTerminal' }],
  };
}
