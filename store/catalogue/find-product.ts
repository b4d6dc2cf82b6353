import type { Product } from '../../domain/catalogue/product';
import type { Database } from '../connect';
import { productOf, type ProductRow } from './product-row';

export async function findProduct(db: Database, sku: string): Promise<Product | null> {
  const row = await db<ProductRow>('products').where({ sku }).first();
  return row ? productOf(row) : null;
}
