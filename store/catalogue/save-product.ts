import type { Product } from '../../domain/catalogue/product';
import type { FieldProblem } from '../../domain/commands';
import { gtin14Of } from '../../domain/shipping/gs1';
import type { Database } from '../connect';
import { rowOfProduct } from './product-row';

export type SavedProduct = { outcome: 'done' } | { outcome: 'invalid'; problems: FieldProblem[] };

/** Creates a product or replaces it whole: what is left out is no longer known. No two have the same GTIN. */
export async function saveProduct(db: Database, product: Product): Promise<SavedProduct> {
  const taken = await whoseGtin(db, product);
  if (taken) return taken;
  try {
    await db('products')
      .insert({ ...rowOfProduct(product), updated_at: db.fn.now() })
      .onConflict('sku')
      .merge();
    return { outcome: 'done' };
  } catch (error) {
    // Somebody else was quicker with it.
    const isTaken = (error as { constraint?: string }).constraint === 'products_gtin_once';
    const quicker = isTaken ? await whoseGtin(db, product) : null;
    if (!quicker) throw error;
    return quicker;
  }
}

async function whoseGtin(db: Database, { sku, gtin }: Product): Promise<SavedProduct | null> {
  if (gtin === undefined) return null;
  const other = await db('products')
    .whereRaw(`lpad(gtin, 14, '0') = ?`, [gtin14Of(gtin)])
    .whereNot({ sku })
    .first<{ sku: string } | undefined>('sku');
  if (!other) return null;
  const detail = `GTIN ${gtin} is that of product "${other.sku}": take it from there first, or leave it out`;
  return { outcome: 'invalid', problems: [{ pointer: '/gtin', detail }] };
}
