import type { CommandResult, FieldProblem } from '../../domain/commands';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';

export interface AssortmentChange {
  locationId: string;
  /** Nothing but what is added is carried from now on. */
  isWhole: boolean;
  add: readonly string[];
  remove: readonly string[];
  /** Name of the list of added SKUs in what was sent. */
  field: string;
}

export type AssortmentResult = Extract<
  CommandResult<{ locationId: string }>,
  { outcome: 'done' | 'invalid' | 'notFound' }
>;

/**
 * Changes what a location carries; it matters where the location's assortment is `listed`. What is there already
 * stays, what is not there need not be removed. All of it or nothing.
 */
export async function changeAssortment(db: Database, change: AssortmentChange): Promise<AssortmentResult> {
  const { locationId, add } = change;
  return inTransaction(db, async (trx) => {
    // Two who replace the list at once do so one after the other.
    const location = await trx('locations').where('id', locationId).forUpdate().first('id');
    if (!location) return { outcome: 'notFound', detail: `There is no location with the id "${locationId}"` };
    const problems = await unknownSkus(trx, change);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    const gone = trx('location_assortment').where('location_id', locationId);
    if (change.isWhole) await gone.whereRaw('NOT sku = ANY (?)', [[...add]]).delete();
    else await gone.whereIn('sku', [...change.remove]).delete();
    await trx.raw(
      `INSERT INTO location_assortment (location_id, sku)
       SELECT ?, sku FROM unnest(?::text[]) AS s (sku) ON CONFLICT DO NOTHING`,
      [locationId, [...add]],
    );
    return { outcome: 'done', value: { locationId }, signals: [] };
  });
}

async function unknownSkus(trx: Database, { add, field }: AssortmentChange): Promise<FieldProblem[]> {
  const answer = await trx.raw<{ rows: { sku: string; position: number }[] }>(
    `SELECT s.sku, (s.position - 1)::int AS position
     FROM unnest(?::text[]) WITH ORDINALITY AS s (sku, position)
     WHERE NOT EXISTS (SELECT 1 FROM products AS p WHERE p.sku = s.sku) ORDER BY s.position LIMIT 50`,
    [[...add]],
  );
  return answer.rows.map(({ sku, position }) => ({
    pointer: `/${field}/${position}`,
    detail: `No product has the SKU "${sku}"`,
  }));
}
