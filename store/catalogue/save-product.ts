import type { Product } from '../../domain/catalogue/product';
import type { Database } from '../connect';
import { rowOfProduct } from './product-row';

/** Creates a product or replaces it whole: what is left out is no longer known. */
export async function saveProduct(db: Database, product: Product): Promise<void> {
  await db('products')
    .insert({ ...rowOfProduct(product), updated_at: db.fn.now() })
    .onConflict('sku')
    .merge();
}
