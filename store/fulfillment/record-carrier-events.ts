import type { Knex } from 'knex';
import type { OrderSignal } from '../../domain/commands';
import { parcelStatusAfter, type ParcelStatus } from '../../domain/shipping/parcel-status';
import type { Database } from '../connect';
import { recordStep, type StepEvent } from '../story/record-step';
import { inTransaction } from '../transaction';
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
  if (opened.state === 'answered') return { outcome: 'recorded', signals: [] };
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
  const heard = await trx('carrier_events')
    .where({ carrier, tracking_number: report.trackingNumber })
    .select('status', 'occurred_at');
  const status = parcelStatusAfter(
    heard.map((row) => ({ status: row.status, occurredAt: (row.occurred_at as Date).getTime() })),
  );
  await trx('packages')
    .where({ carrier, tracking_number: report.trackingNumber })
    .update({ status, status_at: report.occurredAt });
  const parcels = await trx('packages').where('fulfillment_id', fulfillment.id).select('status');
  const signals = newsOf(
    fulfillment,
    parcels.map((row) => row.status as string),
  );
  const isDelivered = signals[0]?.signal === 'delivered';
  if (isDelivered)
    await trx('fulfillments')
      .where('id', fulfillment.id)
      .whereNot('status', 'delivered')
      .update({ status: 'delivered', delivered_at: report.occurredAt });
  await recordStep(trx, {
    orderId: fulfillment.orderId,
    at: report.occurredAt,
    signals,
    waitsOver: isDelivered ? [fulfillment.id] : [],
    events: [
      {
        key: `parcel:${carrier}:${report.id}`,
        type: `parcel.${report.status}`,
        actor: `carrier:${carrier}`,
        data: {
          fulfillmentId: fulfillment.id,
          trackingNumber: report.trackingNumber,
          ...(report.description ? { description: report.description } : {}),
        },
      },
    ],
  });
  return signals;
}

/** All parcels delivered, or all at an end and one of them not at the customer's. */
function newsOf(fulfillment: OpenFulfillment, statuses: readonly string[]): OrderSignal[] {
  if (statuses.every((status) => status === 'delivered')) return [fulfillmentNews(fulfillment, 'delivered')];
  const ended = statuses.every((status) => ['delivered', 'returned', 'lost'].includes(status));
  if (!ended) return [];
  const status = statuses.includes('lost') ? 'lost' : 'returned';
  return [fulfillmentNews(fulfillment, 'undelivered', { status })];
}
