import type { Database } from '../connect';
import { prepared } from '../prepared';
import { readInForce } from './read-in-force';
import {
  outcomeOf,
  serviceOf,
  storyOf,
  workLinesOf,
  type CommitSourcingInput,
  type CommitSourcingResult,
  type WorkLine,
} from './sourcing-outcome';

/** Whether the decision takes one SKU at one location. */
export const isAtOnePlace = ({ decision }: CommitSourcingInput): boolean => {
  const lines = decision.assignments[0]?.lines ?? [];
  return (
    decision.assignments.length === 1 && lines.length > 0 && lines.every(({ sku }) => sku === lines[0]!.sku)
  );
};

/**
 * As `commitDecisions`, for a single order that takes one SKU at one location. The row is named outright, which is
 * a quarter quicker than a batch of one; most orders come alone.
 */
export async function commitLoneDecision(
  db: Database,
  input: CommitSourcingInput,
): Promise<CommitSourcingResult> {
  const sourced = outcomeOf(input);
  const lines = workLinesOf(input);
  const { fulfillmentId, sku, locationId, keepBack } = lines[0]!;
  const { mode, destination = null, pickupLocationId = null } = sourced.fulfillments[0]!;
  const answer = await prepared<{ rows: unknown[] }>(db, sql, {
    ...{ orderId: input.orderId, round: input.round, at: input.at },
    ...{ fulfillmentId, sku, locationId, keepBack, mode, destination, pickupLocationId },
    ...serviceOf(input, 0),
    quantity: lines.reduce((sum, line) => sum + line.quantity, 0),
    decision: JSON.stringify(input.decision),
    outcome: JSON.stringify(sourced),
    story: JSON.stringify(storyOf(input)),
    lines: JSON.stringify(lines.map(asWorkLine)),
  }).catch(expectOtherFirst);
  if (answer.rows.length > 0) return { outcome: 'committed', sourced };
  return (await readInForce(db, [input]))[0]!;
}

const asWorkLine = ({ key, lineId, quantity }: WorkLine) => ({ key, lineId, quantity });

/** unique_violation of the decision: the same round came into force beside us, and ours is undone as a whole. */
function expectOtherFirst(error: unknown): { rows: unknown[] } {
  if ((error as { constraint?: string }).constraint !== 'sourcing_decisions_pkey') throw error;
  return { rows: [] };
}

const sql = `
  WITH line AS (
    SELECT * FROM jsonb_to_recordset(:lines) AS l (key text, "lineId" text, quantity int)
  ), taken AS (
    UPDATE stock SET allocated = allocated + :quantity
    WHERE sku = :sku AND location_id = :locationId
      AND on_hand - unsellable - reserved - allocated - safety_stock - :keepBack >= :quantity
      AND NOT EXISTS (SELECT 1 FROM sourcing_decisions WHERE order_id = :orderId AND round = :round)
    RETURNING sku, location_id
  ), decided AS (
    INSERT INTO sourcing_decisions (order_id, round, at, decision, outcome)
    SELECT :orderId, :round, :at, :decision, :outcome FROM taken
    RETURNING order_id, round, at
  ), work AS (
    INSERT INTO fulfillments (id, order_id, location_id, mode, destination, pickup_location_id, carrier, service)
    SELECT :fulfillmentId, d.order_id, t.location_id, :mode, :destination, :pickupLocationId, :carrier, :service
    FROM decided AS d, taken AS t
  ), work_lines AS (
    INSERT INTO fulfillment_lines (fulfillment_id, line_id, sku, quantity, allocation_key)
    SELECT :fulfillmentId, l."lineId", t.sku, l.quantity, l.key FROM line AS l, taken AS t
  ), story AS (
    INSERT INTO order_events (order_id, at, key, type, actor, data)
    SELECT order_id, at, 'sourced:' || round, 'orderSourced', 'system', :story FROM decided
  ), held AS (
    INSERT INTO allocations (key, order_id, line_id, sku, location_id, quantity, at)
    SELECT l.key, d.order_id, l."lineId", t.sku, t.location_id, l.quantity, d.at
    FROM line AS l, taken AS t, decided AS d
    RETURNING key, order_id, sku, location_id, quantity, at
  ), ledger AS (
    INSERT INTO stock_ledger (key, sku, location_id, cause, allocated, order_id, at)
    SELECT 'allocate:' || key, sku, location_id, 'allocation', quantity, order_id, at FROM held
  )
  SELECT order_id FROM decided`;
