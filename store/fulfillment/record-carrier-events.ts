import type { Knex } from 'knex';
import type { OrderSignal } from '../../domain/commands';
import type { Database } from '../connect';
import { recordStep, type StepEvent } from '../story/record-step';
import { inTransaction } from '../transaction';
import type { CarrierReport } from './carrier-report';
import { moveParcel } from './move-parcel';
import { fulfillmentNews, openFulfillment } from './open-fulfillment';
import { cameAfterAll } from './parcels-for-people';
import { markShipped } from './ship-fulfillment';

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

async function tellCameAfterAll(
  trx: Knex.Transaction,
  fulfillmentId: string,
  report: CarrierReport,
): Promise<void> {
  const answer = await trx.raw<{ rows: { order_id: string; name: string }[] }>(
    `SELECT f.order_id, s.name FROM fulfillments AS f JOIN locations AS s ON s.id = f.pickup_location_id
     JOIN order_events AS e ON e.order_id = f.order_id AND e.key = 'notAtStore:' || f.id
     WHERE f.id = ? AND f.status = 'cancelled'`,
    [fulfillmentId],
  );
  const given = answer.rows[0];
  if (!given) return;
  await recordStep(trx, {
    orderId: given.order_id,
    at: report.occurredAt,
    waits: [cameAfterAll(report, given.name)],
  });
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
