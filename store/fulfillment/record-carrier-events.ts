import type { Knex } from 'knex';
import type { OrderSignal } from '../../domain/commands';
import { sentTransferIdOf } from '../../domain/ids';
import { parcelStatusAfter, type ParcelStatus } from '../../domain/shipping/parcel-status';
import { parcelsEnd, type Parcel, type ParcelsEnd, type Pieces } from '../../domain/shipping/parcels-end';
import { givenUpReturnIdsOf } from '../../domain/returns/undelivered';
import type { Database } from '../connect';
import { recordStep, type OrderStep, type StepEvent, type StepWait } from '../story/record-step';
import { inTransaction } from '../transaction';
import { moveWork } from './move-work';
import { fulfillmentNews, openFulfillment, type OpenFulfillment } from './open-fulfillment';
import { markShipped } from './ship-fulfillment';

export interface CarrierReport {
  /** The carrier's own id of the event: the same id is the same event. */
  id: string;
  trackingNumber: string;
  status: ParcelStatus;
  occurredAt: string;
  description?: string;
}

export interface CarrierReportAnswer {
  id: string;
  outcome: 'recorded' | 'duplicate' | 'unknownParcel';
}

/**
 * Records what a carrier reports, each report by itself: twice is once, late and out of order does no harm.
 * Orders are told only what they must decide on: everything delivered, or a parcel lost or on its way back.
 */
export async function recordCarrierEvents(
  db: Database,
  input: { carrier: string; reports: CarrierReport[]; at: string },
): Promise<{ answers: CarrierReportAnswer[]; signals: OrderSignal[] }> {
  const answers: CarrierReportAnswer[] = [];
  const signals: OrderSignal[] = [];
  for (const report of input.reports) {
    const told = await inTransaction(db, (trx) => recordOne(trx, input.carrier, report, input.at));
    answers.push({ id: report.id, outcome: told.outcome });
    signals.push(...told.signals);
  }
  return { answers, signals };
}

interface Told {
  outcome: CarrierReportAnswer['outcome'];
  signals: OrderSignal[];
}

async function recordOne(
  trx: Knex.Transaction,
  carrier: string,
  report: CarrierReport,
  at: string,
): Promise<Told> {
  const parcel = await trx('packages')
    .where({ carrier, tracking_number: report.trackingNumber })
    .first('fulfillment_id');
  if (!parcel) return { outcome: await recordReturnParcel(trx, carrier, report), signals: [] };
  const opened = await openFulfillment(trx, parcel.fulfillment_id, 'ship', { isFact: true });
  const isNew = await insertReport(trx, carrier, report);
  if (!isNew) return { outcome: 'duplicate', signals: [] };
  if (opened.state === 'answered') {
    if (report.status === 'delivered') await tellCameAfterAll(trx, parcel.fulfillment_id, report);
    return { outcome: 'recorded', signals: [] };
  }
  const { fulfillment } = opened;
  const signals: OrderSignal[] = [];
  if (opened.state === 'open') {
    // A first scan is a hand-over that nobody reported.
    const shipped = fulfillmentNews(fulfillment, 'shipped');
    await markShipped(trx, fulfillment, { fulfillmentId: fulfillment.id, actor: `carrier:${carrier}`, at }, [
      shipped,
    ]);
    signals.push(shipped);
  }
  signals.push(...(await moveParcel(trx, carrier, report, fulfillment)));
  return { outcome: 'recorded', signals };
}

/** A parcel to a store that was given up comes all the same: its customer gets others by then, so people take it in. */
async function tellCameAfterAll(
  trx: Knex.Transaction,
  fulfillmentId: string,
  { trackingNumber, occurredAt }: CarrierReport,
): Promise<void> {
  const answer = await trx.raw<{ rows: { order_id: string; name: string }[] }>(
    `SELECT f.order_id, s.name FROM fulfillments AS f JOIN locations AS s ON s.id = f.pickup_location_id
     JOIN order_events AS e ON e.order_id = f.order_id AND e.key = 'notAtStore:' || f.id
     WHERE f.id = ? AND f.status = 'cancelled'`,
    [fulfillmentId],
  );
  const given = answer.rows[0];
  if (!given) return;
  const wait: StepWait = {
    key: `found:${trackingNumber}`,
    what: `operations: parcel ${trackingNumber} came to ${given.name} after it was given up and sent anew; take its goods in there as a receipt`,
    until: occurredAt,
    then: 'nothing happens by itself',
  };
  await recordStep(trx, { orderId: given.order_id, at: occurredAt, waits: [wait] });
}

async function insertReport(trx: Knex.Transaction, carrier: string, report: CarrierReport): Promise<boolean> {
  const inserted = await trx('carrier_events')
    .insert({
      carrier,
      event_id: report.id,
      tracking_number: report.trackingNumber,
      status: report.status,
      occurred_at: report.occurredAt,
      description: report.description ?? null,
    })
    .onConflict(['carrier', 'event_id'])
    .ignore()
    .returning('event_id');
  return inserted.length > 0;
}

/** Parcels on their way back from customers are followed, too; their receipt is what decides. */
async function recordReturnParcel(
  trx: Knex.Transaction,
  carrier: string,
  report: CarrierReport,
): Promise<CarrierReportAnswer['outcome']> {
  const back = await trx('returns').where('tracking_number', report.trackingNumber).first('id', 'order_id');
  if (!back) return 'unknownParcel';
  if (!(await insertReport(trx, carrier, report))) return 'duplicate';
  const event: StepEvent = {
    key: `parcel:${carrier}:${report.id}`,
    type: 'returnParcelReported',
    actor: `carrier:${carrier}`,
    data: { returnId: back.id, ...report },
  };
  await recordStep(trx, { orderId: back.order_id, at: report.occurredAt, events: [event] });
  return 'recorded';
}

async function moveParcel(
  trx: Knex.Transaction,
  carrier: string,
  report: CarrierReport,
  fulfillment: OpenFulfillment,
): Promise<OrderSignal[]> {
  const place = { carrier, trackingNumber: report.trackingNumber };
  const { heard, own, others, isGivenUp } = await readParcels(trx, place, fulfillment.id);
  const reports = heard.map((event) => ({ status: event.status, occurredAt: Date.parse(event.occurredAt) }));
  const status = parcelStatusAfter(reports) ?? report.status;
  const end = parcelsEnd([...others, { status, lines: own }]);
  const isTakenIn = isOurs(fulfillment) || isForPickup(fulfillment);
  const signals = isGivenUp || isOurs(fulfillment) ? [] : newsOf(fulfillment, end);
  const hasArrived =
    end.outcome === 'delivered' || (end.outcome === 'undelivered' && end.pieces.delivered.length > 0);
  const at = report.occurredAt;
  const step: OrderStep = {
    orderId: fulfillment.orderId,
    at,
    signals,
    waitsOver: end.outcome === 'delivered' && !isGivenUp && !isTakenIn ? [fulfillment.id] : [],
    events: [scanOf(carrier, report, fulfillment)],
    waits: [
      ...(isGivenUp && status === 'delivered' ? [foundAgain(report)] : []),
      ...(isOurs(fulfillment) && isAstray(status) ? [goodsAstray(fulfillment, report)] : []),
    ],
  };
  await recordStep(trx, step, [
    { sql: movedParcel, bindings: { ...place, parcelStatus: status, scannedAt: at } },
    ...(hasArrived && !isGivenUp && !isTakenIn
      ? [moveWork({ fulfillmentId: fulfillment.id, status: 'delivered', at })]
      : []),
  ]);
  return signals;
}

/** The money for a parcel is on its way back, and then it arrives: only people can ask the customer for it. */
const foundAgain = ({ trackingNumber, occurredAt }: CarrierReport): StepWait => ({
  key: `found:${trackingNumber}`,
  what: `operations: parcel ${trackingNumber} was delivered after it was given up and refunded; ask the customer to pay for it or to send it back`,
  until: occurredAt,
  then: 'nothing happens by itself',
});

/** What is collected at a store is there when the store has taken it in; until then only its loss is news. */
const isForPickup = ({ pickupLocationId }: OpenFulfillment): boolean => pickupLocationId !== null;

/** The goods of an internal order are there when its staff have taken them in, whatever the carrier says. */
const isOurs = ({ toLocationId }: OpenFulfillment): boolean => toLocationId !== null;

const isAstray = (status: string): boolean => status === 'lost' || status === 'returned';

const goodsAstray = (
  { id, toLocationId }: OpenFulfillment,
  { trackingNumber, status, occurredAt }: CarrierReport,
): StepWait => ({
  key: `astray:${trackingNumber}`,
  what: `operations: parcel ${trackingNumber} to ${toLocationId} ${status === 'lost' ? 'is lost' : 'is on its way back'}; take in what came of transfer ${sentTransferIdOf(id)}, and close it short`,
  until: occurredAt,
  then: 'nothing happens by itself',
});

const movedParcel = `
  moved_parcel AS (
    UPDATE packages SET status = :parcelStatus, status_at = :scannedAt
    WHERE carrier = :carrier AND tracking_number = :trackingNumber)`;

interface Parcels {
  /** All that was reported of the parcel. */
  heard: { status: ParcelStatus; occurredAt: string }[];
  /** What is in it. */
  own: Pieces[];
  /** The fulfillment's other parcels. */
  others: Parcel[];
  /** What never arrived of the fulfillment is being refunded, or has been. */
  isGivenUp: boolean;
}

async function readParcels(
  trx: Knex.Transaction,
  parcel: { carrier: string; trackingNumber: string },
  fulfillmentId: string,
): Promise<Parcels> {
  const answer = await trx.raw<{ rows: Parcels[] }>(
    `SELECT
       (SELECT coalesce(jsonb_agg(jsonb_build_object('status', status, 'occurredAt', occurred_at)), '[]')
        FROM carrier_events WHERE carrier = :carrier AND tracking_number = :trackingNumber) AS heard,
       (SELECT lines FROM packages WHERE carrier = :carrier AND tracking_number = :trackingNumber) AS own,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('status', status, 'lines', lines)), '[]') FROM packages
        WHERE fulfillment_id = :fulfillmentId AND tracking_number IS DISTINCT FROM :trackingNumber) AS others,
       EXISTS (SELECT 1 FROM returns WHERE id = ANY (:givenUp)) AS "isGivenUp"`,
    { ...parcel, fulfillmentId, givenUp: givenUpReturnIdsOf(fulfillmentId) },
  );
  return answer.rows[0]!;
}

const scanOf = (carrier: string, report: CarrierReport, fulfillment: OpenFulfillment): StepEvent => ({
  key: `parcel:${carrier}:${report.id}`,
  type: `parcel.${report.status}`,
  actor: `carrier:${carrier}`,
  data: {
    fulfillmentId: fulfillment.id,
    trackingNumber: report.trackingNumber,
    ...(report.description ? { description: report.description } : {}),
  },
});

/** All parcels delivered, or all at an end and one of them not at the customer's. */
function newsOf(fulfillment: OpenFulfillment, end: ParcelsEnd): OrderSignal[] {
  if (end.outcome === 'onTheWay') return [];
  // What the store gets some parcels of it takes in, and says what is missing.
  if (isForPickup(fulfillment) && (end.outcome === 'delivered' || end.pieces.delivered.length > 0)) return [];
  if (end.outcome === 'delivered') return [fulfillmentNews(fulfillment, 'delivered')];
  const status = end.pieces.lost.length > 0 ? 'lost' : 'returned';
  return [fulfillmentNews(fulfillment, 'undelivered', { status, pieces: end.pieces })];
}
