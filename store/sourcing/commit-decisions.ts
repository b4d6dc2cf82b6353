import type { Database } from '../connect';
import { prepared } from '../prepared';
import { fillInTurn, planFilling, takeStock, wantsColumns } from '../stock/fill';
import { readInForce } from './read-in-force';
import {
  outcomeOf,
  serviceOf,
  storyOf,
  waitingLinesOf,
  workLinesOf,
  type CommitSourcingInput,
  type CommitSourcingResult,
  type SourcingOutcome,
} from './sourcing-outcome';

/**
 * Puts the decisions of many orders into force in one statement, in their order: stock, decisions, fulfillments,
 * stories and backorders; where there are any of these, the caller holds the locks of their SKUs. Each order gets all of its lines or is `stale` and leaves no trace; a round that is in force
 * already is answered with what it brought. In one batch an order's round must not come twice.
 */
export async function commitDecisions(
  db: Database,
  inputs: readonly CommitSourcingInput[],
): Promise<CommitSourcingResult[]> {
  const outcomes = inputs.map(outcomeOf);
  const answer = await prepared<{ rows: { n: number; known: SourcingOutcome | null }[] }>(
    db,
    sql,
    bindingsOf(inputs, outcomes),
  );
  const sourced = new Map(answer.rows.map(({ n, known }) => [n - 1, known ?? outcomes[n - 1]!]));
  const others = inputs.filter((_, index) => !sourced.has(index));
  const inForce = (await readInForce(db, others)).values();
  return inputs.map((_, index) =>
    sourced.has(index) ? { outcome: 'committed', sourced: sourced.get(index)! } : inForce.next().value!,
  );
}

function bindingsOf(inputs: readonly CommitSourcingInput[], outcomes: readonly SourcingOutcome[]) {
  const lines = inputs.map(workLinesOf);
  const { places, wants } = planFilling(lines);
  const orders = inputs.map(({ orderId, round, at, decision }, index) => ({
    ...{ n: index + 1, orderId, round, at, decision, ...wants[index]! },
    outcome: outcomes[index]!,
    story: storyOf(inputs[index]!),
  }));
  const work = outcomes.flatMap(({ fulfillments }, index) =>
    fulfillments.map(
      ({ fulfillmentId, locationId, mode, destination = null, pickupLocationId = null }, at) => ({
        ...{ n: index + 1, fulfillmentId, locationId, mode, destination, pickupLocationId },
        ...serviceOf(inputs[index]!, at),
      }),
    ),
  );
  return {
    orders: JSON.stringify(orders),
    places: JSON.stringify(places),
    work: JSON.stringify(work),
    lines: JSON.stringify(lines.flatMap((each, index) => each.map((line) => ({ n: index + 1, ...line })))),
    waits: JSON.stringify(
      inputs.flatMap((input, index) => waitingLinesOf(input).map((line) => ({ n: index + 1, ...line }))),
    ),
  };
}

const sql = `
  WITH RECURSIVE line AS (
    SELECT * FROM jsonb_to_recordset(:lines) AS l (n int, "fulfillmentId" text, key text, "lineId" text,
      sku text, "locationId" text, quantity int)
  ), asked AS (
    SELECT o.*, d.outcome AS known, d.order_id IS NOT NULL AS "isKnown"
    FROM jsonb_to_recordset(:orders) AS o (${wantsColumns},
      "orderId" text, round int, at timestamptz, decision jsonb, outcome jsonb, story jsonb)
    LEFT JOIN sourcing_decisions AS d ON d.order_id = o."orderId" AND d.round = o.round
  ), ${fillInTurn}, decided AS (
    -- In one order, so that two processes with the same orders do not wait in a circle.
    INSERT INTO sourcing_decisions (order_id, round, at, decision, outcome)
    SELECT a."orderId", a.round, a.at, a.decision, a.outcome
    FROM fitting AS f JOIN asked AS a ON a.n = f.n ORDER BY 1, 2
    ON CONFLICT DO NOTHING
    RETURNING order_id, round
  ), taker AS (
    SELECT a.n, d.order_id, a.at, a.round, a.story
    FROM decided AS d JOIN asked AS a ON a."orderId" = d.order_id AND a.round = d.round
  ), ${takeStock}, work AS (
    INSERT INTO fulfillments (id, order_id, location_id, mode, destination, pickup_location_id, carrier, service)
    SELECT w."fulfillmentId", t.order_id, w."locationId", w.mode, w.destination, w."pickupLocationId", w.carrier,
      w.service
    FROM jsonb_to_recordset(:work) AS w (n int, "fulfillmentId" text, "locationId" text, mode text,
      destination text, "pickupLocationId" text, carrier text, service text)
    JOIN taker AS t ON t.n = w.n
  ), work_lines AS (
    INSERT INTO fulfillment_lines (fulfillment_id, line_id, sku, quantity, allocation_key)
    SELECT l."fulfillmentId", l."lineId", l.sku, l.quantity, l.key FROM line AS l JOIN taker AS t ON t.n = l.n
  ), story AS (
    INSERT INTO order_events (order_id, at, key, type, actor, data)
    SELECT order_id, at, 'sourced:' || round, 'orderSourced', 'system', story FROM taker
  ), waits AS (
    INSERT INTO backorders
      (order_id, line_id, round, sku, quantity, open, capability, only_location, excluded, terms, destination,
       pickup_location_id, since)
    SELECT t.order_id, w."lineId", t.round, w.sku, w.quantity, w.quantity, w.mode, w."onlyLocation", w.excluded,
      w.terms, w.destination, w."pickupLocationId", coalesce(w.since, t.at)
    FROM jsonb_to_recordset(:waits) AS w (n int, "lineId" text, sku text, quantity int, mode text,
      "onlyLocation" text, excluded text[], terms jsonb, destination text, "pickupLocationId" text,
      since timestamptz)
    JOIN taker AS t ON t.n = w.n ORDER BY w.n
  )
  SELECT n, known FROM asked WHERE "isKnown" UNION ALL SELECT n, NULL FROM taker`;
