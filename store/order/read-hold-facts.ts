import type { LineFacts } from '../../domain/rules/facts';
import type { PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';

export interface HoldFacts {
  /** By SKU, as far as something is known. */
  products: Record<string, Pick<LineFacts, 'category' | 'tags' | 'hazard' | 'weightGrams'>>;
  isFirstOrder: boolean;
}

/**
 * What rules of holds look at beside the order itself. A customer is known by mail address; orders of theirs that were
 * cancelled do not count, nor does this one.
 */
export async function readHoldFacts(db: Database, order: PlacedOrder): Promise<HoldFacts> {
  const answer = await db.raw<{ rows: { products: HoldFacts['products'] | null; known: boolean }[] }>(sql, {
    skus: order.lines.map(({ sku }) => sku),
    mail: order.customer.email.toLowerCase(),
    id: order.id,
  });
  const { products, known } = answer.rows[0]!;
  return { products: products ?? {}, isFirstOrder: !known };
}

const sql = `
  SELECT
    (SELECT json_object_agg(sku, json_strip_nulls(json_build_object(
       'category', category, 'tags', tags, 'hazard', hazard, 'weightGrams', weight_grams)))
     FROM products WHERE sku = ANY (:skus)) AS products,
    EXISTS (SELECT 1 FROM orders WHERE lower(content #>> '{customer,email}') = :mail
              AND id <> :id AND status <> 'cancelled') AS known`;
