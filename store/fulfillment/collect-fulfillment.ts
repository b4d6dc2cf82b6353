import type { CommandResult } from '../../domain/commands';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { shipAllocations } from '../stock/ship-allocations';
import { inTransaction } from '../transaction';
import { fulfillmentNews, openFulfillment } from './open-fulfillment';
import type { FulfillmentCommand } from './pick-fulfillment';

/** The customer showed the code and took the goods. A wrong code is told and changes nothing. */
export async function collectFulfillment(
  db: Database,
  command: FulfillmentCommand & { code: string },
): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openFulfillment(trx, command.fulfillmentId, 'collect');
    if (opened.state === 'answered') return opened.answer;
    const { fulfillment } = opened;
    const { pickup_code: expected } = await trx('fulfillments')
      .where('id', fulfillment.id)
      .first('pickup_code');
    if (expected !== command.code.trim().toUpperCase())
      return {
        outcome: 'invalid',
        problems: [{ pointer: '/code', detail: 'This is not the code of this pickup' }],
      };
    const signals = [fulfillmentNews(fulfillment, 'collected')];
    if (opened.state === 'alreadyDone') return { outcome: 'done', value: {}, signals };
    await trx('fulfillments')
      .where('id', fulfillment.id)
      .update({ status: 'delivered', shipped_at: command.at, delivered_at: command.at });
    await shipAllocations(trx, {
      keys: fulfillment.lines.map((line) => line.allocationKey),
      at: command.at,
      actor: command.actor,
      reference: fulfillment.id,
    });
    await recordStep(trx, {
      orderId: fulfillment.orderId,
      at: command.at,
      signals,
      waitsOver: [fulfillment.id],
      events: [
        {
          key: `collected:${fulfillment.id}`,
          type: 'collected',
          actor: command.actor,
          data: { fulfillmentId: fulfillment.id, locationId: fulfillment.locationId },
        },
      ],
    });
    return { outcome: 'done', value: {}, signals };
  });
}
