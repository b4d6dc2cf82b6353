import type { Past } from './past-orders';

/** By SKU, then seller: pieces that lie there before the first order. */
export type Network = Map<string, Map<string, number>>;

/** As it was: a seller has of a product what it sold of it. Then hardly anything can be chosen. */
export function realNetwork({ orders }: Past): Network {
  const network: Network = new Map();
  for (const { lines } of orders)
    for (const { sku, sellerId, quantity } of lines) {
      const sellers = network.get(sku) ?? new Map<string, number>();
      network.set(sku, sellers.set(sellerId, (sellers.get(sellerId) ?? 0) + quantity));
    }
  return network;
}

/**
 * A product lies with its own sellers and with those that sell most of its category, up to `places` in all; each has
 * as many pieces as were sold of the product by all. So stock never decides, and every order can be supplied from
 * several places, or has to be divided where its categories have no seller in common.
 */
export function spreadNetwork(past: Past, places: number): Network {
  const real = realNetwork(past);
  const categoryOf = (sku: string): string => past.products.get(sku)?.category ?? 'uncategorised';
  const sold = new Map<string, Map<string, number>>();
  for (const [sku, sellers] of real)
    for (const [sellerId, pieces] of sellers) {
      const ofCategory = sold.get(categoryOf(sku)) ?? new Map<string, number>();
      sold.set(categoryOf(sku), ofCategory.set(sellerId, (ofCategory.get(sellerId) ?? 0) + pieces));
    }
  const biggest = new Map([...sold].map(([category, sellers]) => [category, ranked(sellers)]));
  return new Map(
    [...real].map(([sku, sellers]) => {
      const pieces = [...sellers.values()].reduce((sum, each) => sum + each, 0);
      const own = ranked(sellers);
      const others = biggest.get(categoryOf(sku))!.filter((seller) => !sellers.has(seller));
      const chosen = [...own, ...others].slice(0, Math.max(places, own.length));
      return [sku, new Map(chosen.map((seller) => [seller, pieces]))];
    }),
  );
}

/** Who sold most first; ties by id, so that the same file gives the same network. */
export const ranked = (sold: ReadonlyMap<string, number>): string[] =>
  [...sold].sort(([a, some], [b, others]) => others - some || (a < b ? -1 : 1)).map(([seller]) => seller);
