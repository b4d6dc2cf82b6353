import type { CommandResult } from '../../domain/commands';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { moveWork } from './move-work';
import { fulfillmentNews, openFulfillment } from './open-fulfillment';
import type { FulfillmentCommand } from './pick-fulfillment';

/** A supplier says that it will do the work: from now on it is waited for, and not replaced. */
export async function confirmFulfillment(db: Database, command: FulfillmentCommand): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openFulfillment(trx, command.fulfillmentId, 'confirm');
    if (opened.state === 'answered') return opened.answer;
    const { fulfillment } = opened;
    const signals = [fulfillmentNews(fulfillment, 'workConfirmed')];
    if (opened.state === 'alreadyDone') return { outcome: 'done', value: {}, signals };
    const { act_within_ms: actWithinMs } = await trx('locations')
      .where('id', fulfillment.locationId)
      .first('act_within_ms');
    const step = {
      orderId: fulfillment.orderId,
      at: command.at,
      signals,
      events: [
        {
          key: `workConfirmed:${fulfillment.id}`,
          type: 'workConfirmed',
          actor: command.actor,
          data: { fulfillmentId: fulfillment.id, locationId: fulfillment.locationId },
        },
      ],
      waits: [
        {
          key: fulfillment.id,
          what: `${fulfillment.locationName} to ship what it confirmed`,
          until: new Date(Date.parse(command.at) + actWithinMs).toISOString(),
          then: 'the supplier is reminded, and operations are asked to look at it',
        },
      ],
    };
    await recordStep(trx, step, [moveWork({ ...command, status: 'picking' })]);
    return { outcome: 'done', value: {}, signals };
  });
}
