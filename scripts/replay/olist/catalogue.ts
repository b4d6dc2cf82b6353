import type { LocationInput, ProductInput } from '../data-set';
import { groupBy, indexBy } from '../read-table';
import type { OlistRow, OlistTables } from './tables';

/** Stands for what payments add to items and freight; no weight, and in stock wherever it is ordered. */
export const feeSku = 'FEE-INSTALMENT-INTEREST';

/** A history's orders are not late: nobody is asked to hurry. */
export const aLongTime = 'P3650D';

export const locationIdOf = (sellerId: string): string => `olist-${sellerId}`;

/**
 * The SKU of an offer. A product of one seller goes by its own id; one that several sell has an SKU for each, so
 * that what a customer bought from one seller is never shipped by another.
 */
export function createSkus(items: OlistTables['items']): (productId: string, sellerId: string) => string {
  const sellers = new Map(
    [...groupBy(items, 'product_id')].map(([id, rows]) => [id, new Set(rows.map((row) => row.seller_id))]),
  );
  return (productId, sellerId) =>
    (sellers.get(productId)?.size ?? 0) > 1 ? `${productId}.${sellerId.slice(0, 8)}` : productId;
}

/** Every seller ships its own goods from where its postcode lies. */
export function mapSellers({ sellers, geolocation }: OlistTables): Map<string, LocationInput> {
  const points = indexBy(geolocation, 'zip_code_prefix');
  return new Map(
    sellers.map((seller) => [
      locationIdOf(seller.seller_id),
      {
        type: 'supplier',
        name: `Seller ${seller.seller_id.slice(0, 8)}, ${seller.seller_city}`,
        address: {
          line1: `CEP ${seller.seller_zip_code_prefix}`,
          postalCode: seller.seller_zip_code_prefix,
          city: seller.seller_city,
          region: seller.seller_state,
          country: 'BR',
          ...pointOf(points.get(seller.seller_zip_code_prefix)),
        },
        capabilities: ['ship', 'returns'],
        actWithin: aLongTime,
      },
    ]),
  );
}

export function pointOf(row: OlistRow<'geolocation'> | undefined): { point?: { lat: number; lng: number } } {
  return row ? { point: { lat: Number(row.lat), lng: Number(row.lng) } } : {};
}

/** Products by the SKU of each of their offers, with the size and weight that are known. */
export function mapProducts(
  tables: OlistTables,
  skuOf: (productId: string, sellerId: string) => string,
): Map<string, ProductInput> {
  const english = indexBy(tables.translations, 'product_category_name');
  const products = indexBy(tables.products, 'product_id');
  const mapped = new Map<string, ProductInput>();
  for (const item of tables.items) {
    const sku = skuOf(item.product_id, item.seller_id);
    const row = products.get(item.product_id);
    if (!mapped.has(sku)) mapped.set(sku, mapProduct(item.product_id, row, english));
  }
  mapped.set(feeSku, { title: 'Interest and other differences of payment', category: 'fees' });
  return mapped;
}

function mapProduct(
  id: string,
  row: OlistRow<'products'> | undefined,
  english: Map<string, OlistRow<'translations'>>,
): ProductInput {
  const native = row?.product_category_name ?? '';
  const category = english.get(native)?.product_category_name_english || native || 'uncategorised';
  const words = category.replaceAll('_', ' ');
  const weightGrams = wholeAbove0(row?.product_weight_g);
  const [length, width, height] = [row?.product_length_cm, row?.product_width_cm, row?.product_height_cm].map(
    (centimetres) => 10 * (wholeAbove0(centimetres) ?? 0),
  );
  return {
    title: `${words[0]!.toUpperCase()}${words.slice(1)} ${id.slice(0, 6)}`,
    category,
    ...(weightGrams !== null && { weightGrams }),
    ...(length && width && height ? { dimensionsMm: { length, width, height } } : {}),
  };
}

/** Whole units of a measure; null where the file says nothing, or nothing sensible. */
function wholeAbove0(text: string | undefined): number | null {
  const value = Math.round(Number(text || 0));
  return value > 0 ? value : null;
}
