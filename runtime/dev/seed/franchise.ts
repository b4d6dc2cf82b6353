import type { Account } from '../../../domain/account/account';
import type { PriceList } from '../../../store/price-list/find-price-list';
import { demoProducts } from './products';

/** What franchisees pay: two thirds of the price, in whole cents. */
export const franchisePrices: PriceList = {
  code: 'franchise',
  name: 'Franchise partners',
  currency: 'EUR',
  prices: demoProducts.flatMap(({ sku, price }) =>
    price ? [{ sku, price: { ...price, amount: Math.round((price.amount * 2) / 3) } }] : [],
  ),
};

/** Shops under our name that are not ours; limits are EUR cents. */
export const franchisees: Omit<Account, 'owed' | 'held'>[] = [
  { code: 'trieste', name: 'Cima & Lago Trieste', creditLimit: 500_000 },
  { code: 'graz', name: 'Cima & Lago Graz', creditLimit: 50_000 },
].map((each) => ({ ...each, channel: 'franchise', currency: 'EUR', priceList: franchisePrices.code }));
