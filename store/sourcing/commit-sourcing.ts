import type { Knex } from 'knex';
import { fulfillmentIdOf } from '../../domain/ids';
import type { SourcingDecision } from '../../domain/sourcing/types';
import type { Database } from '../connect';
import { prepared } from '../prepared';
import { allocateStock, type AllocationRequest } from '../stock/allocate';
import { lockSkus } from '../stock/lock-skus';
import { inTransaction } from '../transaction';

export interface CommitSourcingInput {
  orderId: string;
  /** The n-th time that the order is sourced: names the intent. */
  round: number;
  mode: 'ship' | 'pickup';
  pickupLocationId: string | null;
  excluded: string[];
  decision: SourcingDecision;
  /** By location, how long it may take to act. */
  actWithinMs: Record<string, number>;
  at: string;
}

export interface CommittedFulfillment {
  fulfillmentId: string;
  locationId: string;
  mode: 'ship' | 'pickup';
  actWithinMs: number;
  lines: { lineId: string; quantity: number }[];
}

export interface SourcingOutcome {
  fulfillments: CommittedFulfillment[];
  backordered: { lineId: string; sku: string; quantity: number }[];
}

/** `stale`: the stock is not any more as the decision saw it; nothing was written, decide anew. */
export type CommitSourcingResult = { outcome: 'committed'; sourced: SourcingOutcome } | { outcome: 'stale' };

class Stale extends Error {}

/**
 * Puts a sourcing decision into force: decision, fulfillments, backorders and stock in one short transaction,
 * the contended stock rows last. A round that is already in force is answered with what it brought.
 */
export async function commitSourcing(
  db: Database,
  input: CommitSourcingInput,
): Promise<CommitSourcingResult> {
  const sourced = outcomeOf(input);
  try {
    return await inTransaction(db, async (trx) => {
      const written = await writeDecision(trx, input, sourced);
      if (!written) return { outcome: 'committed', sourced: await readOutcome(trx, input) };
      await waitForStock(trx, input);
      await takeStock(trx, input, sourced);
      return { outcome: 'committed', sourced };
    });
  } catch (error) {
    if (error instanceof Stale) return { outcome: 'stale' };
    throw error;
  }
}

function outcomeOf({ orderId, round, mode, decision, actWithinMs }: CommitSourcingInput): SourcingOutcome {
  const fulfillments = decision.assignments.map((assignment, index) => ({
    fulfillmentId: fulfillmentIdOf(orderId, round, index + 1),
    locationId: assignment.locationId,
    mode,
    actWithinMs: actWithinMs[assignment.locationId] ?? 0,
    lines: assignment.lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
  }));
  return { fulfillments, backordered: decision.short };
}

async function writeDecision(
  trx: Knex.Transaction,
  input: CommitSourcingInput,
  sourced: SourcingOutcome,
): Promise<boolean> {
  const skuOf = new Map(input.decision.demand.map((line) => [line.lineId, line.sku]));
  const lines = sourced.fulfillments.flatMap((fulfillment) =>
    fulfillment.lines.map((line) => ({
      fulfillmentId: fulfillment.fulfillmentId,
      ...line,
      sku: skuOf.get(line.lineId),
      key: `${fulfillment.fulfillmentId}:${line.lineId}`,
    })),
  );
  const answer = await prepared<{ rows: unknown[] }>(trx, insertDecision, {
    orderId: input.orderId,
    round: input.round,
    at: input.at,
    decision: JSON.stringify(input.decision),
    outcome: JSON.stringify(sourced),
    story: JSON.stringify({ round: input.round, summary: input.decision.summary }),
    fulfillments: JSON.stringify(sourced.fulfillments),
    lines: JSON.stringify(lines),
  });
  return answer.rows.length > 0;
}

const insertDecision = `
  WITH decided AS (
    INSERT INTO sourcing_decisions (order_id, round, at, decision, outcome)
    VALUES (:orderId, :round, :at, :decision, :outcome)
    ON CONFLICT DO NOTHING
    RETURNING order_id
  ), work AS (
    INSERT INTO fulfillments (id, order_id, location_id, mode)
    SELECT f."fulfillmentId", decided.order_id, f."locationId", f.mode
    FROM decided, jsonb_to_recordset(:fulfillments) AS f ("fulfillmentId" text, "locationId" text, mode text)
  ), story AS (
    INSERT INTO order_events (order_id, at, key, type, actor, data)
    SELECT order_id, :at, 'sourced:' || CAST(:round AS text), 'orderSourced', 'system', :story FROM decided
  ), work_lines AS (
    INSERT INTO fulfillment_lines (fulfillment_id, line_id, sku, quantity, allocation_key)
    SELECT l."fulfillmentId", l."lineId", l.sku, l.quantity, l.key
    FROM decided, jsonb_to_recordset(:lines)
      AS l ("fulfillmentId" text, "lineId" text, sku text, quantity int, key text)
  )
  SELECT order_id FROM decided`;

async function readOutcome(trx: Knex.Transaction, input: CommitSourcingInput): Promise<SourcingOutcome> {
  const row = await trx('sourcing_decisions')
    .where({ order_id: input.orderId, round: input.round })
    .first('outcome');
  return row.outcome as SourcingOutcome;
}

/** Begins to wait, unless stock has come since the decision was made. */
async function waitForStock(trx: Knex.Transaction, input: CommitSourcingInput): Promise<void> {
  const { short } = input.decision;
  if (short.length === 0) return;
  const skus = short.map((line) => line.sku);
  await lockSkus(trx, skus);
  if (await hasStockAppeared(trx, input, skus)) throw new Stale();
  await trx('backorders').insert(
    short.map((line) => ({
      order_id: input.orderId,
      line_id: line.lineId,
      round: input.round,
      sku: line.sku,
      quantity: line.quantity,
      open: line.quantity,
      capability: input.mode,
      only_location: input.mode === 'pickup' ? input.pickupLocationId : null,
      excluded: input.excluded,
      since: input.at,
    })),
  );
}

async function hasStockAppeared(
  trx: Knex.Transaction,
  input: CommitSourcingInput,
  skus: string[],
): Promise<boolean> {
  const answer = await trx.raw<{ rows: { sku: string; location_id: string; available: number }[] }>(
    `SELECT s.sku, s.location_id,
            s.on_hand - s.unsellable - s.reserved - s.allocated - s.safety_stock AS available
     FROM stock AS s JOIN locations AS l ON l.id = s.location_id
     WHERE s.sku = ANY (:skus) AND :mode = ANY (l.capabilities) AND NOT s.location_id = ANY (:excluded)
       AND (CAST(:pickup AS text) IS NULL OR s.location_id = :pickup)`,
    {
      skus,
      mode: input.mode,
      excluded: input.excluded,
      pickup: input.mode === 'pickup' ? input.pickupLocationId : null,
    },
  );
  const planned = new Map<string, number>();
  for (const { locationId, lines } of input.decision.assignments)
    for (const line of lines) {
      const place = `${line.sku}\u0000${locationId}`;
      planned.set(place, (planned.get(place) ?? 0) + line.quantity);
    }
  return answer.rows.some((row) => row.available > (planned.get(`${row.sku}\u0000${row.location_id}`) ?? 0));
}

async function takeStock(
  trx: Knex.Transaction,
  input: CommitSourcingInput,
  sourced: SourcingOutcome,
): Promise<void> {
  const skuOf = new Map(input.decision.demand.map((line) => [line.lineId, line.sku]));
  const allocations: AllocationRequest[] = sourced.fulfillments.flatMap((fulfillment) =>
    fulfillment.lines.map((line) => ({
      key: `${fulfillment.fulfillmentId}:${line.lineId}`,
      lineId: line.lineId,
      sku: skuOf.get(line.lineId)!,
      locationId: fulfillment.locationId,
      quantity: line.quantity,
    })),
  );
  if (allocations.length === 0) return;
  const taken = await allocateStock(trx, { orderId: input.orderId, at: input.at, allocations });
  if (taken.outcome === 'short') throw new Stale();
}
