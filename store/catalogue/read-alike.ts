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

/** So many of a category are looked at on either side of the price, of those that have pieces somewhere. */
const looked = 50;

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

/**
 * Dearer or cheaper ones, from the price of the product on: the index gives them in that order. Each is looked up in the
 * stock by itself, for a join would read all of the category before the first is found.
 */
const near = (side: string, direction: 'ASC' | 'DESC'): string => `
  SELECT o.* FROM products AS o
  WHERE o.category = p.category AND o.price_currency = p.price_currency AND o.sku <> p.sku AND ${side}
    AND o.price_amount BETWEEN p.price_amount * (100 - :below) / 100 AND p.price_amount * (100 + :above) / 100
    AND o.sku <> ALL (n.skus)
    AND (SELECT true FROM stock AS s
         WHERE s.sku = o.sku AND s.on_hand > s.unsellable + s.reserved + s.allocated LIMIT 1)
  ORDER BY o.price_amount ${direction} LIMIT :looked`;

const sql = `
  SELECT to_jsonb(p) AS product, n.named, n.products AS of_named, c.products AS of_category
  FROM products AS p
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(a) ORDER BY a.position) AS named, jsonb_agg(to_jsonb(o)) AS products,
           coalesce(array_agg(o.sku), '{}') AS skus
    FROM product_alternatives AS a JOIN products AS o ON o.sku = a.alternative WHERE a.sku = p.sku
  ) AS n
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(near)) AS products FROM (
      (${near('o.price_amount >= p.price_amount', 'ASC')}) UNION ALL (${near('o.price_amount < p.price_amount', 'DESC')})
    ) AS near
  ) AS c
  WHERE p.sku = ANY (:skus)`;
