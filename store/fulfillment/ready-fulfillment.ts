import type { Knex } from 'knex';
import type { CommandResult, OrderSignal } from '../../domain/commands';
import type { MailRequest } from '../../domain/mails';
import { aboutOrder, mailLines, mailTo } from '../../domain/order/mail-parts';
import { orderSettings } from '../../domain/order/settings';
import type { PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';
import { recordStep, type OrderStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { gatheringWait } from './gathering-wait';
import { moveWork } from './move-work';
import { fulfillmentNews, openFulfillment, type OpenFulfillment } from './open-fulfillment';
import type { FulfillmentCommand } from './pick-fulfillment';

export interface ReadyCommand extends FulfillmentCommand {
  /** What the customer will show; made by the caller, kept from the first time. */
  pickupCode: string;
  /** Customer's page of the order. */
  orderUrl: string;
}

/**
 * The goods lie ready in the store: the customer gets the code, the order waits for the collection. While others are
 * still sending parts of the same pickup, they wait there for the rest, and the customer is told once.
 */
export async function readyFulfillment(db: Database, command: ReadyCommand): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openFulfillment(trx, command.fulfillmentId, 'ready');
    if (opened.state === 'answered') return opened.answer;
    const { fulfillment } = opened;
    if (
      opened.state === 'alreadyDone' ? fulfillment.status === 'atStore' : await isGathered(trx, fulfillment)
    )
      return keepAtStore(trx, fulfillment, command);
    const signals = [fulfillmentNews(fulfillment, 'readyForPickup')];
    if (opened.state === 'alreadyDone') return { outcome: 'done', value: {}, signals };
    await trx('fulfillments')
      .where('id', fulfillment.id)
      .update({ status: 'readyForPickup', pickup_code: command.pickupCode });
    await recordStep(trx, await readyStep(trx, fulfillment, command, signals));
    return { outcome: 'done', value: {}, signals };
  });
}

/** Whether others send parts of the same pickup, or did and some are being sourced anew: the order knows when it is whole. */
async function isGathered(
  trx: Knex.Transaction,
  { orderId, destination }: OpenFulfillment,
): Promise<boolean> {
  const answer = await trx.raw<{ rows: { isGathered: boolean }[] }>(isGatheredSql, { orderId, destination });
  return answer.rows[0]!.isGathered;
}

const isGatheredSql = `
  WITH sent AS (
    SELECT status FROM fulfillments
    WHERE order_id = :orderId AND mode = 'shipToStore' AND destination IS NOT DISTINCT FROM :destination
  )
  SELECT EXISTS (SELECT 1 FROM sent WHERE status NOT IN ('cancelled', 'gathered'))
    OR EXISTS (SELECT 1 FROM sent) AND EXISTS (
      SELECT 1 FROM order_lines AS l WHERE l.order_id = :orderId AND l.quantity - l.cancelled > (
          SELECT coalesce(sum(w.quantity), 0) FROM fulfillment_lines AS w JOIN fulfillments AS f ON f.id = w.fulfillment_id
          WHERE w.line_id = l.id AND f.status NOT IN ('cancelled', 'gathered')
        ) + (SELECT coalesce(sum(b.open), 0) FROM backorders AS b WHERE b.line_id = l.id)
    ) AS "isGathered"`;

async function keepAtStore(
  trx: Knex.Transaction,
  fulfillment: OpenFulfillment,
  { actor, at }: ReadyCommand,
): Promise<CommandResult> {
  const { id, orderId, locationId, locationName, status } = fulfillment;
  const signals = [fulfillmentNews(fulfillment, 'atStore')];
  if (status === 'atStore') return { outcome: 'done', value: {}, signals };
  const data = { fulfillmentId: id, locationId };
  const step = {
    ...{ orderId, at, signals, waits: [gatheringWait(id, locationName)] },
    events: [{ key: `keptAtStore:${id}`, type: 'keptAtStore', actor, data }],
  };
  await recordStep(trx, step, [moveWork({ fulfillmentId: id, status: 'atStore', at })]);
  return { outcome: 'done', value: {}, signals };
}

async function readyStep(
  trx: Knex.Transaction,
  fulfillment: OpenFulfillment,
  command: ReadyCommand,
  signals: OrderSignal[],
): Promise<OrderStep> {
  const { collectWithinMs } = orderSettings(fulfillment.settings);
  const collectBefore = new Date(Date.parse(command.at) + collectWithinMs).toISOString();
  const key = `readyForPickup:${fulfillment.id}`;
  const data = { fulfillmentId: fulfillment.id, locationId: fulfillment.locationId };
  return {
    orderId: fulfillment.orderId,
    at: command.at,
    signals,
    events: [{ key, type: 'readyForPickup', actor: command.actor, data }],
    waits: [
      {
        key: fulfillment.id,
        what: `the customer to collect at ${fulfillment.locationName}`,
        until: collectBefore,
        then: 'the goods go back to stock and the money back to the customer',
      },
    ],
    mails: [{ key, mail: await codeMail(trx, fulfillment, command, collectBefore) }],
  };
}

/** Tells the customer where to collect, until when and by which code. */
async function codeMail(
  trx: Knex.Transaction,
  { orderId, locationId, locationName, lines }: OpenFulfillment,
  { pickupCode, orderUrl }: ReadyCommand,
  collectBefore: string,
): Promise<MailRequest> {
  const { content } = await trx('orders').where('id', orderId).first('content');
  const { address } = await trx('locations').where('id', locationId).first('address');
  const order = content as PlacedOrder;
  return mailTo(order, 'readyForPickup', {
    ...aboutOrder(order, orderUrl),
    lines: mailLines(order, lines),
    code: pickupCode,
    locationName,
    address,
    collectBefore,
  });
}
