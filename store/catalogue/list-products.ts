import type { Product } from '../../domain/catalogue/product';
import type { Database } from '../connect';
import { pageOf, type Page } from '../page';
import { productOf, type ProductRow } from './product-row';

export interface ListProductsInput {
  /** Part of a SKU or a title. */
  q?: string;
  after?: string;
  limit: number;
}

/** Products by SKU, a page at a time. */
export async function listProducts(db: Database, input: ListProductsInput): Promise<Page<Product, string>> {
  const query = db<ProductRow>('products')
    .orderBy('sku')
    .limit(input.limit + 1);
  if (input.after !== undefined) void query.where('sku', '>', input.after);
  if (input.q !== undefined) {
    const pattern = `%${input.q.replace(/[\\%_]/g, '\\$&')}%`;
    void query.whereRaw('(sku ILIKE ? OR title ILIKE ?)', [pattern, pattern]);
  }
  return pageOf((await query).map(productOf), input.limit, (product) => product.sku);
}
