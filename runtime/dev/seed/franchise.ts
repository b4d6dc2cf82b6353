import type { Account } from '../../../domain/account/account';
import type { ListPrice, PriceList } from '../../../store/price-list/find-price-list';
import { demoProducts, type DemoProduct } from './products';

const dayMs = 86_400_000;

/** What franchisees pay: two thirds of the price, in whole cents; for tents, half of it in a season that is to come. */
export function franchisePrices(now: Date): PriceList {
  const inDays = (days: number) =>
    `${new Date(now.getTime() + days * dayMs).toISOString().slice(0, 10)}T00:00:00.000Z`;
  return {
    code: 'franchise',
    name: 'Franchise partners',
    currency: 'EUR',
    prices: [
      ...demoProducts.flatMap((product) => partOf(product, 2 / 3)),
      ...demoProducts
        .filter(({ sku }) => sku.startsWith('MALGA-'))
        .flatMap((product) => partOf(product, 1 / 2))
        .map((price) => ({ ...price, validFrom: inDays(30), validUntil: inDays(120) })),
    ],
  };
}

const partOf = ({ sku, price }: DemoProduct, part: number): ListPrice[] =>
  price ? [{ sku, price: { ...price, amount: Math.round(price.amount * part) } }] : [];

/** Shops under our name that are not ours; limits are EUR cents. */
export const franchisees: Omit<Account, 'owed' | 'held'>[] = [
  { code: 'trieste', name: 'Cima & Lago Trieste', creditLimit: 500_000 },
  { code: 'graz', name: 'Cima & Lago Graz', creditLimit: 50_000 },
].map((each) => ({ ...each, channel: 'franchise', currency: 'EUR', priceList: 'franchise' }));
