import type { Database } from '../connect';
import { prepared } from '../prepared';
import { instantOrNull } from '../instant';
import { isOpenForTaking } from '../order/status-for-taking';
import { promisedAtFirst } from './promised-at-first';

/** Pieces at work that come later than their customer was told at first, and was told since. */
export interface LatePieces {
  fulfillmentId: string;
  lineId: string;
  quantity: number;
  /** "YYYY-MM-DD": by when they are expected now. */
  latest: string;
  /** When the work goes elsewhere if nothing is done; null where no deadline runs. */
  actBefore: string | null;
}

/** The day that was told with what stands in: who took it knows when it comes. */
const toldWithOffer = `
  (SELECT CAST(option #>> '{promise,latest}' AS date) FROM alternative_offers AS taken
   CROSS JOIN LATERAL jsonb_array_elements(taken.options) AS option
   WHERE taken.new_line_id = l.line_id AND option ->> 'sku' = taken.chosen_sku LIMIT 1)`;

/**
 * SQL of what of order `o` is late and can still be let go, as LatePieces. Nothing is late of which the customer was told
 * no later day: orders that go well have no row in promises_told.
 */
export const latePieces = `
  (SELECT coalesce(json_agg(json_build_object('fulfillmentId', f.id, 'lineId', l.line_id, 'quantity', l.quantity,
     'latest', p.latest, 'actBefore', f.act_before) ORDER BY f.created_at, f.id, l.line_id), '[]')
   FROM promises_told AS t
   JOIN fulfillments AS f ON f.order_id = t.order_id
   JOIN locations AS w ON w.id = f.location_id
   JOIN fulfillment_lines AS l ON l.fulfillment_id = f.id
   CROSS JOIN LATERAL (SELECT latest FROM order_promises
     WHERE order_id = f.order_id AND part = f.id ORDER BY id DESC LIMIT 1) AS p
   WHERE t.order_id = o.id AND t.times > 0 AND ${isOpenForTaking}
     AND p.latest > greatest(${promisedAtFirst('t.order_id')}, ${toldWithOffer}))`;

/** What of an order is late and can still be let go, by fulfillment and line. */
export async function readLatePieces(db: Database, orderId: string): Promise<LatePieces[]> {
  const answer = await prepared<{ rows: { late: LatePieces[] }[] }>(
    db,
    `SELECT ${latePieces} AS late FROM orders AS o WHERE o.id = ?`,
    [orderId],
  );
  return (answer.rows[0]?.late ?? []).map((each) => ({ ...each, actBefore: instantOrNull(each.actBefore) }));
}
