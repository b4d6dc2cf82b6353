import type { CommandResult } from '../../domain/commands';
import type { Database } from '../connect';
import { recordStep, type OrderStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { moveWork } from './move-work';
import { openFulfillment, type OpenFulfillment } from './open-fulfillment';

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
      const step = pickingStep(fulfillment, command);
      await recordStep(trx, step, [moveWork({ ...command, status: 'picking' })]);
    }
    return { outcome: 'done', value: {}, signals: [] };
  });
}

const pickingStep = (fulfillment: OpenFulfillment, { actor, at }: FulfillmentCommand): OrderStep => ({
  orderId: fulfillment.orderId,
  at,
  events: [
    {
      key: `picking:${fulfillment.id}`,
      type: 'pickingStarted',
      actor,
      data: { fulfillmentId: fulfillment.id, locationId: fulfillment.locationId },
    },
  ],
});
