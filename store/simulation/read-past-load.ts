import type { Candidate } from '../../domain/sourcing/types';
import type { Database } from '../connect';

export type PastLoad = Record<string, Required<Pick<Candidate, 'usedToday' | 'backlog'>>>;

/**
 * How busy locations were at an instant, as far as it can be told later: work that was cancelled since is not counted,
 * whenever that was.
 */
export async function readPastLoad(
  db: Database,
  { orderId, locationIds, at }: { orderId: string; locationIds: readonly string[]; at: string },
): Promise<PastLoad> {
  const answer = await db.raw<{ rows: { id: string; usedToday: number; backlog: number }[] }>(sql, {
    ...{ orderId, at, locationIds: [...locationIds] },
  });
  return Object.fromEntries(answer.rows.map(({ id, ...load }) => [id, load]));
}

const before = `f.location_id = l.id AND f.status <> 'cancelled' AND f.created_at < :at AND f.order_id <> :orderId`;

const sql = `
  SELECT l.id,
    (SELECT count(*)::int FROM fulfillments AS f WHERE ${before}
       AND f.created_at >= date_trunc('day', CAST(:at AS timestamptz) AT TIME ZONE coalesce(l.calendar->>'timeZone', 'UTC'))
         AT TIME ZONE coalesce(l.calendar->>'timeZone', 'UTC')) AS "usedToday",
    (SELECT count(*)::int FROM fulfillments AS f WHERE ${before}
       AND coalesce(f.shipped_at, f.delivered_at, 'infinity') > :at) AS backlog
  FROM locations AS l WHERE l.id = ANY (:locationIds)`;
