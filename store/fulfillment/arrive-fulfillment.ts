import type { Knex } from 'knex';
import type { CommandResult, FieldProblem, OrderSignal } from '../../domain/commands';
import { sentTransferIdOf } from '../../domain/ids';
import {
  planPickupArrival,
  type ArrivedPieces,
  type PickupArrival,
} from '../../domain/shipping/pickup-arrival';
import type { Database } from '../connect';
import { recordStep, type OrderStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { gatheringWait } from './gathering-wait';
import { moveWork } from './move-work';
import { fulfillmentNews, openFulfillment, type OpenFulfillment } from './open-fulfillment';
import type { FulfillmentCommand } from './pick-fulfillment';
import { takeOut } from './ship-fulfillment';

export interface ArriveCommand extends FulfillmentCommand {
  /** What is not as it was sent; all of it came and is good when left out. */
  lines?: readonly ArrivedPieces[];
}

/**
 * A store takes in what was sent there for a customer who collects. What is good is on hand there and allocated to the
 * order in one statement, so that it is never for sale; what is damaged is unsellable; what is missing, and what is
 * damaged, the order sources anew. Nobody need have said that it had left. Twice is once.
 */
export async function arriveFulfillment(db: Database, command: ArriveCommand): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openFulfillment(trx, command.fulfillmentId, 'arrive', { isFact: true });
    if (opened.state === 'answered')
      return (await answerOfEnded(trx, command.fulfillmentId)) ?? opened.answer;
    const { fulfillment } = opened;
    if (opened.state === 'alreadyDone')
      return { outcome: 'done', value: {}, signals: [await toldBefore(trx, fulfillment)] };
    const problems = problemsWith(command, fulfillment);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    if (fulfillment.status === 'packed') await takeOut(trx, fulfillment, command);
    const arrival = planPickupArrival(fulfillment.lines, command.lines ?? []);
    await takeIn(trx, fulfillment, command, arrival);
    const signals = [newsOf(fulfillment, arrival)];
    const isAny = arrival.good.length > 0;
    await recordStep(trx, arrivedStep(fulfillment, command, arrival, signals), [
      moveWork({ ...command, status: isAny ? 'atStore' : 'cancelled' }),
      arrivedParcels(fulfillment.id, command.at),
    ]);
    return { outcome: 'done', value: {}, signals };
  });
}

function problemsWith({ lines = [] }: ArriveCommand, fulfillment: OpenFulfillment): FieldProblem[] {
  return lines.flatMap(({ lineId, damaged, missing }, index) => {
    const line = fulfillment.lines.find((each) => each.lineId === lineId);
    if (!line)
      return [{ pointer: `/lines/${index}/lineId`, detail: `${lineId} is not a line of this fulfillment` }];
    if (lines.findIndex((each) => each.lineId === lineId) < index)
      return [
        { pointer: `/lines/${index}/lineId`, detail: `Line ${lineId} is named twice: sum its pieces up` },
      ];
    if (damaged + missing <= line.quantity) return [];
    const detail = `${line.quantity} of ${line.sku} were sent, got ${damaged} damaged and ${missing} missing`;
    return [{ pointer: `/lines/${index}`, detail }];
  });
}

/** The line's stock is held at the store from now on, where a customer's own hand takes it. */
async function takeIn(
  trx: Knex.Transaction,
  { id, orderId, pickupLocationId, lines }: OpenFulfillment,
  { actor, at }: ArriveCommand,
  { good, damaged }: PickupArrival,
): Promise<void> {
  const of = (pieces: PickupArrival['good'], lineId: string): number =>
    pieces.find((each) => each.lineId === lineId)?.quantity ?? 0;
  const arrived = lines
    .map(({ lineId, sku }) => ({ lineId, sku, good: of(good, lineId), damaged: of(damaged, lineId) }))
    .filter((line) => line.good + line.damaged > 0);
  const skus = [...new Set(arrived.map(({ sku }) => sku))].sort();
  if (skus.length > 0)
    await trx('stock')
      .insert(skus.map((sku) => ({ sku, location_id: pickupLocationId })))
      .onConflict(['sku', 'location_id'])
      .ignore();
  await trx.raw(takenIn, {
    id,
    orderId,
    actor,
    at,
    locationId: pickupLocationId,
    arrived: JSON.stringify(arrived),
  });
}

const takenIn = `
  WITH arrived AS (
    SELECT *, CAST(:id AS text) || ':' || "lineId" || ':atStore' AS key
    FROM jsonb_to_recordset(:arrived) AS a ("lineId" text, sku text, good int, damaged int)
  ), total AS (
    SELECT sku, sum(good)::int AS good, sum(damaged)::int AS damaged FROM arrived GROUP BY sku
  ), locked AS (
    SELECT s.sku FROM stock AS s WHERE s.location_id = :locationId AND s.sku IN (SELECT sku FROM total)
    ORDER BY s.sku FOR UPDATE
  ), moved AS (
    UPDATE stock AS s SET on_hand = s.on_hand + t.good + t.damaged, unsellable = s.unsellable + t.damaged,
                          allocated = s.allocated + t.good
    FROM total AS t JOIN locked AS l ON l.sku = t.sku
    WHERE s.sku = t.sku AND s.location_id = :locationId
    RETURNING s.sku, s.version
  ), held AS (
    INSERT INTO allocations (key, order_id, line_id, sku, location_id, quantity, at)
    SELECT key, :orderId, "lineId", sku, :locationId, good, :at FROM arrived WHERE good > 0
  ), kept AS (
    UPDATE fulfillment_lines AS l SET allocation_key = a.key, quantity = a.good
    FROM arrived AS a WHERE l.fulfillment_id = :id AND l.line_id = a."lineId" AND a.good > 0
  ), gone AS (
    DELETE FROM fulfillment_lines AS l
    WHERE l.fulfillment_id = :id AND EXISTS (SELECT 1 FROM arrived WHERE good > 0)
      AND NOT EXISTS (SELECT 1 FROM arrived AS a WHERE a."lineId" = l.line_id AND a.good > 0)
  )
  INSERT INTO stock_ledger
    (key, sku, location_id, cause, on_hand, unsellable, allocated, version, order_id, actor, reference, at)
  SELECT 'arrive:' || :id, t.sku, :locationId, 'pickupArrived', t.good + t.damaged, t.damaged, t.good, m.version,
         :orderId, :actor, :id, :at
  FROM total AS t JOIN moved AS m ON m.sku = t.sku`;

const arrivedParcels = (fulfillmentId: string, at: string) => ({
  sql: `
  arrived_parcels AS (
    UPDATE packages SET status = 'delivered', status_at = :parcelsCameAt
    WHERE fulfillment_id = :cameWith AND status NOT IN ('delivered', 'lost', 'returned'))`,
  bindings: { cameWith: fulfillmentId, parcelsCameAt: at },
});

const newsOf = (fulfillment: OpenFulfillment, { short }: Pick<PickupArrival, 'short'>): OrderSignal =>
  fulfillmentNews(fulfillment, 'atStore', short.length > 0 ? { short } : {});

const eventKey = (fulfillmentId: string): string => `arrivedAtStore:${fulfillmentId}`;

/** Nothing of it was good when it came, or its order wants it no more; null: neither. */
async function answerOfEnded(trx: Knex.Transaction, fulfillmentId: string): Promise<CommandResult | null> {
  const sent = await trx('fulfillments')
    .where({ id: fulfillmentId, mode: 'shipToStore', status: 'cancelled' })
    .first('order_id');
  if (!sent) return null;
  const event = await trx('order_events')
    .where({ order_id: sent.order_id, key: eventKey(fulfillmentId) })
    .first('id');
  if (event) return { outcome: 'done', value: {}, signals: [] };
  const id = sentTransferIdOf(fulfillmentId);
  const transfer = await trx('stock_transfers').where({ id }).first('id');
  if (!transfer) return null;
  const because = `Its customer does not get it any more: take it in as stock, by the transfer ${id}`;
  return { outcome: 'notAllowed', because, allowed: [] };
}

/** The same news as the first time. */
async function toldBefore(trx: Knex.Transaction, fulfillment: OpenFulfillment): Promise<OrderSignal> {
  const event = await trx('order_events')
    .where({ order_id: fulfillment.orderId, key: eventKey(fulfillment.id) })
    .first('data');
  return newsOf(fulfillment, { short: (event?.data as { short?: PickupArrival['short'] })?.short ?? [] });
}

function arrivedStep(
  fulfillment: OpenFulfillment,
  { actor, at }: ArriveCommand,
  { good, damaged, short }: PickupArrival,
  signals: OrderSignal[],
): OrderStep {
  const { id, orderId, pickupLocationId, pickupLocationName } = fulfillment;
  const named = {
    ...(damaged.length > 0 && { damaged }),
    ...(short.length > 0 && { short }),
  };
  return {
    orderId,
    at,
    signals,
    waitsOver: [id],
    events: [
      {
        key: eventKey(id),
        type: 'arrivedAtStore',
        actor,
        data: { fulfillmentId: id, locationId: pickupLocationId, lines: good, ...named },
      },
    ],
    waits: good.length > 0 ? [gatheringWait(id, pickupLocationName!)] : [],
  };
}
