import type { SourcingDecision } from '../../domain/sourcing/types';
import type { Database } from '../connect';
import { instant } from '../instant';

/** What was first decided of an order, and of what stock. */
export interface PastDecision {
  orderId: string;
  channel: string;
  at: string;
  decision: SourcingDecision;
  /** The last row of the stock ledger before the order took its pieces; null where it took none. */
  position: number | null;
}

/**
 * The orders of a simulation `s`, to be put after FROM. A channel that names its strategy has chosen a built-in rule
 * set: no rules that are published decide of its orders.
 */
export const pastOrders = `sourcing_decisions AS d
    JOIN orders AS o ON o.id = d.order_id JOIN channels AS c ON c.code = o.channel
    WHERE d.round = 1 AND d.at >= s.from_at AND d.at < s.until_at
      AND CASE WHEN s.channel IS NULL THEN c.settings->>'strategy' IS NULL ELSE o.channel = s.channel END`;

/** The next orders of a simulation after the last one that was tried, in the order in which they were decided. */
export async function readPastDecisions(
  db: Database,
  { simulationId, limit }: { simulationId: string; limit: number },
): Promise<PastDecision[]> {
  const answer = await db.raw<{ rows: (Omit<PastDecision, 'at'> & { at: Date })[] }>(sql, {
    simulationId,
    limit,
  });
  return answer.rows.map((row) => ({ ...row, at: instant(row.at) }));
}

const sql = `
  SELECT d.order_id AS "orderId", d.channel, d.at, d.decision, (
    SELECT min(l.id) - 1
    FROM jsonb_array_elements(d.outcome->'fulfillments') AS f
    CROSS JOIN jsonb_array_elements(f->'lines') AS line
    JOIN stock_ledger AS l ON l.key = 'allocate:' || (f->>'fulfillmentId') || ':' || (line->>'lineId')
  ) AS position
  FROM rule_simulations AS s
  LEFT JOIN sourcing_decisions AS last ON last.order_id = s.last_order AND last.round = 1
  CROSS JOIN LATERAL (
    SELECT d.*, o.channel FROM ${pastOrders}
      AND (last.order_id IS NULL OR (d.at, d.order_id) > (last.at, last.order_id))
    ORDER BY d.at, d.order_id LIMIT :limit
  ) AS d
  WHERE s.id = :simulationId
  ORDER BY d.at, d.order_id`;
