import type { Alternative, PricePolicy } from '../../domain/catalogue/alternatives';
import type { Database } from '../connect';

export interface AlternativeRow {
  sku: string;
  alternative: string;
  note: string | null;
  price_policy: PricePolicy;
}

export const alternativeOf = (row: AlternativeRow): Alternative => ({
  sku: row.alternative,
  ...(row.note !== null && { note: row.note }),
  pricePolicy: row.price_policy,
});

/** What people named to stand in for a product, the best first. */
export async function listAlternatives(db: Database, sku: string): Promise<Alternative[]> {
  const rows = await db<AlternativeRow>('product_alternatives').where({ sku }).orderBy('position');
  return rows.map(alternativeOf);
}
