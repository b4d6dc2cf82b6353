import type { Knex } from 'knex';
import { alternativeProblems, type Alternative, type StandIn } from '../../domain/catalogue/alternatives';
import type { CommandResult } from '../../domain/commands';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { knownSkus } from './known-skus';

export type ReplaceAlternativesResult = Extract<
  CommandResult<{ sku: string }>,
  { outcome: 'done' | 'invalid' | 'notFound' }
>;

/** Names what stands in for a product from now on, the best first; all of the list or nothing. */
export async function replaceAlternatives(
  db: Database,
  { sku, alternatives }: { sku: string; alternatives: readonly Alternative[] },
): Promise<ReplaceAlternativesResult> {
  return inTransaction(db, async (trx) => {
    // Two lists that are changed at once could close a circle that neither closes alone.
    await trx.raw(`SELECT pg_advisory_xact_lock(hashtextextended('alternatives', 0))`);
    const named = alternatives.map((each) => each.sku);
    const known = new Set(await knownSkus(trx, [sku, ...named]));
    if (!known.has(sku)) return { outcome: 'notFound', detail: `There is no product with the SKU "${sku}"` };
    const problems = alternativeProblems(sku, alternatives, await readStandIns(trx, named), known);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    await trx('product_alternatives').where({ sku }).delete();
    if (alternatives.length > 0)
      await trx('product_alternatives').insert(
        alternatives.map((each, position) => ({
          sku,
          position,
          alternative: each.sku,
          note: each.note ?? null,
          price_policy: each.pricePolicy,
        })),
      );
    return { outcome: 'done', value: { sku }, signals: [] };
  });
}

/** All steps that can be gone from some products on. */
async function readStandIns(trx: Knex.Transaction, from: string[]): Promise<StandIn[]> {
  const answer = await trx.raw<{ rows: StandIn[] }>(
    `WITH RECURSIVE met (sku) AS (
       SELECT unnest(?::text[])
       UNION
       SELECT a.alternative FROM met JOIN product_alternatives AS a ON a.sku = met.sku
     )
     SELECT a.sku, a.alternative AS "to" FROM met JOIN product_alternatives AS a ON a.sku = met.sku
     ORDER BY a.sku, a.position`,
    [from],
  );
  return answer.rows;
}
