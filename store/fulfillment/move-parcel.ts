import type { Knex } from 'knex';
import type { OrderSignal } from '../../domain/commands';
import { givenUpReturnIdsOf } from '../../domain/returns/undelivered';
import { parcelStatusAfter, type ParcelStatus } from '../../domain/shipping/parcel-status';
import { parcelsEnd, type Parcel, type ParcelsEnd, type Pieces } from '../../domain/shipping/parcels-end';
import { recordStep, type OrderStep, type StepEvent } from '../story/record-step';
import type { CarrierReport } from './carrier-report';
import { moveWork } from './move-work';
import { fulfillmentNews, type OpenFulfillment } from './open-fulfillment';
import { foundAgain, goodsAstray } from './parcels-for-people';

/** A parcel is where all of its reports together say; its order hears of the fulfillment's end. */
export async function moveParcel(
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

/** What is collected at a store is there when the store has taken it in; until then only its loss is news. */
const isForPickup = ({ pickupLocationId }: OpenFulfillment): boolean => pickupLocationId !== null;

/** The goods of an internal order are there when its staff have taken them in, whatever the carrier says. */
const isOurs = ({ toLocationId }: OpenFulfillment): boolean => toLocationId !== null;

const isAstray = (status: string): boolean => status === 'lost' || status === 'returned';

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
