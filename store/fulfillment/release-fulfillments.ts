import type { Knex } from 'knex';

export interface ReleasedWork {
  fulfillmentId: string;
  locationName: string;
  actBefore: string;
  mode: string;
}

/** Shows work to its locations, with the deadline to act; what was released before keeps its deadline. */
export async function releaseFulfillments(
  trx: Knex.Transaction,
  input: { fulfillmentIds: string[]; at: string },
): Promise<ReleasedWork[]> {
  const answer = await trx.raw<{ rows: { id: string; mode: string; name: string; act_before: Date }[] }>(
    `UPDATE fulfillments AS f
     SET released_at = coalesce(f.released_at, CAST(:at AS timestamptz)),
         act_before = coalesce(f.act_before, CAST(:at AS timestamptz) + l.act_within_ms * interval '1 millisecond')
     FROM locations AS l
     WHERE l.id = f.location_id AND f.id = ANY (:ids)
     RETURNING f.id, f.mode, l.name, f.act_before`,
    { at: input.at, ids: input.fulfillmentIds },
  );
  return answer.rows.map((row) => ({
    fulfillmentId: row.id,
    mode: row.mode,
    locationName: row.name,
    actBefore: row.act_before.toISOString(),
  }));
}
