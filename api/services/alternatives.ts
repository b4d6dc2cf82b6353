import type { Alternative } from '../../domain/catalogue/alternatives';
import { alternativeReasonText } from '../../domain/catalogue/alternative-words';
import { alternativesFor } from '../../domain/catalogue/alternatives-for';
import type { ApiDependencies } from '../dependencies';
import { notFound } from '../problem';
import type { Commands } from './commands';

/** What people named to stand in for a product. */
export function createAlternatives({ store }: Pick<ApiDependencies, 'store'>, commands: Commands) {
  async function find(sku: string) {
    const [known, alternatives] = await Promise.all([store.knownSkus([sku]), store.listAlternatives(sku)]);
    if (known.length === 0) throw notFound(`There is no product with the SKU "${sku}"`);
    return { sku, alternatives };
  }

  return {
    find,
    async replace(sku: string, alternatives: readonly Alternative[]) {
      await commands.answer(await store.replaceAlternatives({ sku, alternatives }));
      return find(sku);
    },
    async remove(sku: string): Promise<void> {
      await commands.answer(await store.replaceAlternatives({ sku, alternatives: [] }));
    },
  };
}

type Offered = ReturnType<typeof offeredOf>;

/** What a shopper is offered instead of each of some SKUs. `availableOf` tells how many pieces can be sold of others. */
export async function offerInstead(
  store: Pick<ApiDependencies['store'], 'readAlike'>,
  skus: readonly string[],
  availableOf: (skus: string[]) => Promise<(sku: string) => number>,
): Promise<(sku: string) => Offered[]> {
  const alike = await store.readAlike(skus);
  const others = new Set(alike.flatMap(({ products }) => products.map((product) => product.sku)));
  const available = others.size === 0 ? () => 0 : await availableOf([...others]);
  const offered = new Map(
    alike.map(({ product, named, products }) => {
      const candidates = products.map((other) => ({ product: other, available: available(other.sku) }));
      return [product.sku, alternativesFor({ product, wanted: 1, named, candidates }).map(offeredOf)];
    }),
  );
  return (sku) => offered.get(sku) ?? [];
}

const offeredOf = ({
  sku,
  title,
  available,
  price,
  because,
}: ReturnType<typeof alternativesFor>[number]) => ({
  sku,
  title,
  available,
  price,
  because: because.map((reason) => alternativeReasonText(reason, 'en')),
});
