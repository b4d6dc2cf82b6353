import { aboutOrder, mailLines, mailTo } from '../domain/order/mail-parts';
import type { ActivityDependencies } from './dependencies';
import { moveMoney } from './move-money';
import type { FulfillmentStep } from './settle';

export function createDeliverActivities(dependencies: ActivityDependencies) {
  const { store, links } = dependencies;
  return {
    /** The goods are with the customer: what was to be paid at the door is paid, and the customer is told. */
    async recordDelivery(step: FulfillmentStep & { returnBefore: string }): Promise<void> {
      const { movements } = await store.chargeFulfillment(step);
      const answers = [];
      for (const movement of movements.filter((each) => each.method === 'cashOnDelivery'))
        answers.push(await moveMoney(dependencies, movement, step.orderId));
      const { order, lines } = await store.readShipment(step.fulfillmentId);
      await store.settleMovements({
        answers,
        step: {
          orderId: step.orderId,
          at: step.at,
          events: [
            {
              key: `delivered:${step.fulfillmentId}`,
              type: 'delivered',
              actor: 'system',
              data: { fulfillmentId: step.fulfillmentId, paidAtDoor: answers.length > 0 },
            },
          ],
          waitsOver: [step.fulfillmentId],
          waits: [
            {
              key: 'window',
              what: 'the return window to close',
              until: step.returnBefore,
              then: 'the order is completed',
            },
          ],
          mails: [
            {
              key: `delivered:${step.fulfillmentId}`,
              mail: mailTo(order, 'delivered', {
                ...aboutOrder(order, links.orderPage(order.id)),
                lines: mailLines(order, lines),
                returnBefore: step.returnBefore,
              }),
            },
          ],
        },
      });
    },
  };
}
