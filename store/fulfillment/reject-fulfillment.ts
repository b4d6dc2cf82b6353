import type { CommandResult } from '../../domain/commands';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { releaseAllocations } from '../stock/release';
import { inTransaction } from '../transaction';
import { fulfillmentNews, openFulfillment } from './open-fulfillment';
import type { FulfillmentCommand } from './pick-fulfillment';

/** A location refuses the work: its stock is given back and the order sources the lines elsewhere. */
export async function rejectFulfillment(
  db: Database,
  command: FulfillmentCommand & { reason: string },
): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openFulfillment(trx, command.fulfillmentId, 'reject');
    if (opened.state === 'answered') return opened.answer;
    const { fulfillment } = opened;
    const news = fulfillmentNews(fulfillment, 'rejected', { reason: command.reason });
    if (opened.state === 'alreadyDone') return { outcome: 'done', value: {}, signals: [news] };
    await trx('fulfillments')
      .where('id', fulfillment.id)
      .update({ status: 'cancelled', reject_reason: command.reason });
    const told = await releaseAllocations(trx, {
      keys: fulfillment.lines.map((line) => line.allocationKey),
      cause: 'rejection',
      actor: command.actor,
      at: command.at,
    });
    await recordStep(trx, {
      orderId: fulfillment.orderId,
      at: command.at,
      signals: [news],
      waitsOver: [fulfillment.id],
      events: [
        {
          key: `rejected:${fulfillment.id}`,
          type: 'fulfillmentRejected',
          actor: command.actor,
          data: { fulfillmentId: fulfillment.id, locationId: fulfillment.locationId, reason: command.reason },
        },
      ],
    });
    return { outcome: 'done', value: {}, signals: [news, ...told] };
  });
}
