import type { CommandResult } from '../../domain/commands';
import { orderSettings } from '../../domain/order/settings';
import type { PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { fulfillmentNews, openFulfillment } from './open-fulfillment';
import type { FulfillmentCommand } from './pick-fulfillment';

export interface ReadyCommand extends FulfillmentCommand {
  /** What the customer will show; made by the caller, kept from the first time. */
  pickupCode: string;
  /** Customer's page of the order. */
  orderUrl: string;
}

/** The goods lie ready in the store: the customer gets the code, the order waits for the collection. */
export async function readyFulfillment(db: Database, command: ReadyCommand): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openFulfillment(trx, command.fulfillmentId, 'ready');
    if (opened.state === 'answered') return opened.answer;
    const { fulfillment } = opened;
    const signals = [fulfillmentNews(fulfillment, 'readyForPickup')];
    if (opened.state === 'alreadyDone') return { outcome: 'done', value: {}, signals };
    await trx('fulfillments')
      .where('id', fulfillment.id)
      .update({ status: 'readyForPickup', pickup_code: command.pickupCode });
    const { content } = await trx('orders').where('id', fulfillment.orderId).first('content');
    const order = content as PlacedOrder;
    const location = await trx('locations').where('id', fulfillment.locationId).first('address');
    const collectBefore = new Date(
      Date.parse(command.at) + orderSettings(fulfillment.settings).collectWithinMs,
    ).toISOString();
    await recordStep(trx, {
      orderId: fulfillment.orderId,
      at: command.at,
      signals,
      events: [
        {
          key: `readyForPickup:${fulfillment.id}`,
          type: 'readyForPickup',
          actor: command.actor,
          data: { fulfillmentId: fulfillment.id, locationId: fulfillment.locationId },
        },
      ],
      waits: [
        {
          key: fulfillment.id,
          what: `the customer to collect at ${fulfillment.locationName}`,
          until: collectBefore,
          then: 'the goods go back to stock and the money back to the customer',
        },
      ],
      mails: [
        {
          key: `readyForPickup:${fulfillment.id}`,
          mail: {
            template: 'readyForPickup',
            to: order.customer.email,
            locale: order.customer.locale ?? 'en',
            data: {
              orderNumber: order.number,
              customerName: order.customer.name,
              orderUrl: command.orderUrl,
              lines: fulfillment.lines.map((line) => ({
                sku: line.sku,
                quantity: line.quantity,
                title: order.lines.find(({ id }) => id === line.lineId)?.title ?? line.sku,
              })),
              code: command.pickupCode,
              locationName: fulfillment.locationName,
              address: location.address,
              collectBefore,
            },
          },
        },
      ],
    });
    return { outcome: 'done', value: {}, signals };
  });
}
