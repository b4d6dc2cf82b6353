import type { Product } from '../../domain/catalogue/product';
import { gtin14Of } from '../../domain/shipping/gs1';
import { anyPart } from '../any-part';
import type { Database } from '../connect';
import { pageOf, type Page } from '../page';
import { productOf, type ProductRow } from './product-row';

export interface ListProductsInput {
  /** Part of a SKU, a title or a GTIN. A whole GTIN, as a scanner reads it, is that product alone. */
  q?: string;
  after?: string;
  limit: number;
}

/** Products by SKU, a page at a time. */
export async function listProducts(db: Database, input: ListProductsInput): Promise<Page<Product, string>> {
  const { q, after, limit } = input;
  const scanned = q === undefined || after !== undefined ? [] : await findScanned(db, q.trim());
  const query = db<ProductRow>('products')
    .orderBy('sku')
    .limit(limit + 1);
  if (after !== undefined) void query.where('sku', '>', after);
  if (q !== undefined) {
    const pattern = anyPart(q);
    void query.whereRaw('(sku ILIKE ? OR title ILIKE ? OR gtin LIKE ?)', [pattern, pattern, pattern]);
  }
  const rows = scanned.length > 0 ? scanned : await query;
  return pageOf(rows.map(productOf), limit, (product) => product.sku);
}

/** By GTIN, however many zeros stand before it, or by a SKU that is written as one. */
async function findScanned(db: Database, code: string): Promise<ProductRow[]> {
  const gtin = gtin14Of(code);
  if (gtin === null) return [];
  return db<ProductRow>('products')
    .whereRaw(`lpad(gtin, 14, '0') = ?`, [gtin])
    .orWhere('sku', code)
    .orderBy('sku');
}
