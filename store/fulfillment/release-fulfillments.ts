import type { Knex } from 'knex';
import type { WorkToPrepare } from './time-to-act';

/**
 * Shows work to its locations, with the deadline to act; what was released before keeps its deadline, and while the order
 * is held there is none. Work that people have done or refused since is shown to nobody a second time.
 */
export async function releaseFulfillments(
  trx: Knex.Transaction,
  input: { fulfillmentIds: string[]; at: string },
): Promise<WorkToPrepare[]> {
  const answer = await trx.raw<{
    rows: { id: string; mode: string; name: string; act_before: Date | null }[];
  }>(
    `UPDATE fulfillments AS f
     SET released_at = coalesce(f.released_at, CAST(:at AS timestamptz)),
         act_before = CASE WHEN o.status <> 'onHold'
           THEN coalesce(f.act_before, CAST(:at AS timestamptz) + l.act_within_ms * interval '1 millisecond') END
     FROM locations AS l, orders AS o
     WHERE l.id = f.location_id AND o.id = f.order_id AND f.id = ANY (:ids)
       AND f.status IN ('allocated', 'picking')
     RETURNING f.id, f.mode, l.name, f.act_before`,
    { at: input.at, ids: input.fulfillmentIds },
  );
  return answer.rows.map((row) => ({
    fulfillmentId: row.id,
    mode: row.mode,
    locationName: row.name,
    actBefore: row.act_before?.toISOString() ?? null,
  }));
}
