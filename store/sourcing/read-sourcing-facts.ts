import type { Candidate } from '../../domain/sourcing/types';
import type { Database } from '../connect';
import { prepared } from '../prepared';

export interface SourcingFacts {
  candidates: Candidate[];
  /** Locations that refused this order or let it wait too long. */
  excluded: string[];
  /** By location, how long it may take to act. */
  actWithinMs: Record<string, number>;
}

/** What sourcing looks at: every location that has ever held one of the SKUs, with what is available there. */
export async function readSourcingFacts(
  db: Database,
  input: { orderId: string; skus: string[] },
): Promise<SourcingFacts> {
  const answer = await prepared<{ rows: Nullable<SourcingFacts>[] }>(db, sql, input);
  const row = answer.rows[0];
  return {
    candidates: row?.candidates ?? [],
    excluded: row?.excluded ?? [],
    actWithinMs: row?.actWithinMs ?? {},
  };
}

type Nullable<T> = { [Key in keyof T]: T[Key] | null };

const sql = `
  WITH held AS (
    SELECT location_id, jsonb_object_agg(sku, greatest(0,
             on_hand - unsellable - reserved - allocated - safety_stock)) AS available
    FROM stock WHERE sku = ANY (:skus) GROUP BY location_id
  )
  SELECT
    (SELECT jsonb_agg(jsonb_build_object(
        'locationId', l.id, 'name', l.name, 'country', l.address->>'country', 'point', l.address->'point',
        'capabilities', to_jsonb(l.capabilities), 'priority', l.priority, 'available', held.available)
        ORDER BY l.id)
     FROM held JOIN locations AS l ON l.id = held.location_id) AS candidates,
    (SELECT jsonb_object_agg(l.id, l.act_within_ms)
     FROM held JOIN locations AS l ON l.id = held.location_id) AS "actWithinMs",
    (SELECT jsonb_agg(DISTINCT location_id) FROM fulfillments
     WHERE order_id = :orderId AND reject_reason IS NOT NULL) AS excluded`;
