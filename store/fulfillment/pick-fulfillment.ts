import type { CommandResult } from '../../domain/commands';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { openFulfillment } from './open-fulfillment';

export interface FulfillmentCommand {
  fulfillmentId: string;
  actor: string;
  /** RFC 3339. */
  at: string;
}

/** Staff begin to pick. Recorded in Postgres alone: the workflow need not decide on it. */
export async function pickFulfillment(db: Database, command: FulfillmentCommand): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openFulfillment(trx, command.fulfillmentId, 'pick');
    if (opened.state === 'answered') return opened.answer;
    const { fulfillment } = opened;
    if (opened.state === 'open') {
      await trx('fulfillments').where('id', fulfillment.id).update({ status: 'picking' });
      await recordStep(trx, {
        orderId: fulfillment.orderId,
        at: command.at,
        events: [
          {
            key: `picking:${fulfillment.id}`,
            type: 'pickingStarted',
            actor: command.actor,
            data: { fulfillmentId: fulfillment.id, locationId: fulfillment.locationId },
          },
        ],
      });
    }
    return { outcome: 'done', value: {}, signals: [] };
  });
}
