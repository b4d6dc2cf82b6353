import { aboutOrder, mailLines, mailTo, recipientOf } from '../../domain/order/mail-parts';
import type { ShipmentFacts } from '../../store/fulfillment/read-shipment';
import type { MovementAnswer } from '../../store/payment/movements';
import type { OrderStep } from '../../store/story/record-step';
import type { ActivityDependencies } from '../dependencies';
import { moveMoney } from '../money/move-money';
import type { FulfillmentStep } from './settle';

interface DeliveryStep extends FulfillmentStep {
  returnBefore: string;
  /** What arrived; all of it when left out. */
  pieces?: { lineId: string; quantity: number }[];
}

export function createDeliverActivities(dependencies: ActivityDependencies) {
  const { store, links } = dependencies;

  async function collectAtDoor(step: FulfillmentStep): Promise<MovementAnswer[]> {
    const { movements } = await store.chargeFulfillment(step);
    const answers = [];
    for (const movement of movements.filter((each) => each.method === 'cashOnDelivery'))
      answers.push(await moveMoney(dependencies, movement, step.orderId));
    return answers;
  }

  return {
    /** The goods are with the customer: what was to be paid at the door is paid, and the customer is told. */
    async recordDelivery(step: DeliveryStep): Promise<void> {
      const facts = await store.readShipment(step.fulfillmentId);
      const told = deliveredStep(step, facts, links.orderPage(step.orderId));
      // Without money at the door nothing of the order's payments is touched.
      if (!facts.isOwedAtDoor) return store.recordStep(told);
      await store.settleMovements({ answers: await collectAtDoor(step), step: told });
    },
  };
}

const deliveredStep = (
  { orderId, fulfillmentId, at, returnBefore, pieces }: DeliveryStep,
  { order, lines, isOwedAtDoor }: ShipmentFacts,
  orderUrl: string,
): OrderStep => ({
  orderId,
  at,
  events: [
    {
      key: `delivered:${fulfillmentId}`,
      type: 'delivered',
      actor: 'system',
      data: { fulfillmentId, paidAtDoor: isOwedAtDoor },
    },
  ],
  waitsOver: [fulfillmentId],
  // What stays ours is at its end.
  waits:
    order.delivery.toLocationId !== undefined
      ? []
      : [
          {
            key: 'window',
            what: 'the return window to close',
            until: returnBefore,
            then: 'the order is completed',
          },
        ],
  mails: [
    {
      key: `delivered:${fulfillmentId}`,
      mail: mailTo(order, 'delivered', {
        ...aboutOrder(order, orderUrl),
        lines: mailLines(order, pieces ?? lines),
        returnBefore,
        recipient: recipientOf(order),
      }),
    },
  ],
});
