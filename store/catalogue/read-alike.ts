import { foundPriceBand } from '../../domain/catalogue/alternatives-for';
import type { Alternative } from '../../domain/catalogue/alternatives';
import type { Product } from '../../domain/catalogue/product';
import type { Database } from '../connect';
import { alternativeOf, type AlternativeRow } from './list-alternatives';
import { productOf, type ProductRow } from './product-row';

/** A product with what people named for it and what is like it. */
export interface Alike {
  product: Product;
  named: Alternative[];
  /** Of what is named, and of its category the nearest in price. */
  products: Product[];
}

/** So many of a category are looked at, of those that have pieces somewhere. */
const looked = 100;

/** What might stand in for some products. Whether it can be sold is not asked here. */
export async function readAlike(db: Database, skus: readonly string[]): Promise<Alike[]> {
  const { rows } = await db.raw<{ rows: AlikeRow[] }>(sql, {
    skus: [...skus],
    below: foundPriceBand.below,
    above: foundPriceBand.above,
    looked,
  });
  return rows.map((row) => ({
    product: productOf(row.product),
    named: (row.named ?? []).map(alternativeOf),
    products: [...(row.of_named ?? []), ...(row.of_category ?? [])].map(productOf),
  }));
}

interface AlikeRow {
  product: ProductRow;
  named: AlternativeRow[] | null;
  of_named: ProductRow[] | null;
  of_category: ProductRow[] | null;
}

const sql = `
  SELECT to_jsonb(p) AS product, n.named, n.products AS of_named, c.products AS of_category
  FROM products AS p
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(a) ORDER BY a.position) AS named, jsonb_agg(to_jsonb(o)) AS products
    FROM product_alternatives AS a JOIN products AS o ON o.sku = a.alternative WHERE a.sku = p.sku
  ) AS n
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(near)) AS products FROM (
      SELECT o.* FROM products AS o
      WHERE o.category = p.category AND o.price_currency = p.price_currency AND o.sku <> p.sku
        AND o.price_amount BETWEEN p.price_amount * (100 - :below) / 100 AND p.price_amount * (100 + :above) / 100
        AND NOT EXISTS (SELECT 1 FROM product_alternatives AS a WHERE a.sku = p.sku AND a.alternative = o.sku)
        AND EXISTS (SELECT 1 FROM stock AS s WHERE s.sku = o.sku AND s.on_hand > s.unsellable + s.reserved + s.allocated)
      ORDER BY abs(o.price_amount - p.price_amount), o.sku LIMIT :looked
    ) AS near
  ) AS c
  WHERE p.sku = ANY (:skus)`;
