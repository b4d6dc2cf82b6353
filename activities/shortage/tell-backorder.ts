import { aboutOrder, datedMailLines, mailTo } from '../../domain/order/mail-parts';
import { backorderWait } from './backorder-wait';
import type { ActivityDependencies } from '../dependencies';
import { laterPickup } from '../confirm/later-pickup';
import { firstPromises, promisedParts } from '../confirm/promised-parts';

export interface BackorderNotice {
  orderId: string;
  backordered: { lineId: string; quantity: number }[];
  round: number;
  /** Why it is told again of the same round: nothing is offered instead, or it was not taken. */
  cause?: 'notOffered' | 'notTaken';
  until: string;
  /** What follows then, where they are not given up. */
  then?: string;
  /** Nothing leaves before all is there. */
  isTogether?: true;
  /** Nothing of what goes to one place leaves before all of that is there. */
  isCollected?: true;
  /** What is there is kept at the store until they have come. */
  isGathered?: true;
  /** The customer knows that they wait. */
  isTold?: true;
  at: string;
}

export function createTellBackorderActivities(dependencies: ActivityDependencies) {
  const { store, links } = dependencies;

  return {
    /** Pieces that a location refused, or for which nothing else is taken, wait for stock now; the customer is told. */
    async tellBackorder(input: BackorderNotice): Promise<void> {
      const nth = input.cause ? `${input.round}:${input.cause}` : `${input.round}`;
      const facts = await store.readOrderFacts(input.orderId);
      const { order } = facts!;
      const about = aboutOrder(order, links.orderPage(order.id));
      const dates = await firstPromises(dependencies, order.id, input.backordered);
      const lines = datedMailLines(order, input.backordered, dates);
      await store.recordStep({
        orderId: order.id,
        at: input.at,
        decision: 'backordered',
        waits: [backorderWait(order, input.until, input, input.then)],
        promises: {
          key: `backordered:${nth}`,
          parts: await promisedParts(dependencies, order.id, input.at),
        },
        events: [
          {
            key: `backordered:${nth}`,
            type: 'backordered',
            actor: 'system',
            data: { lines: input.backordered },
          },
        ],
        mails: input.isTold
          ? []
          : [
              {
                key: `backordered:${order.id}:${nth}`,
                mail: mailTo(order, 'backordered', { ...about, lines, pickup: laterPickup(facts!, input) }),
              },
            ],
      });
    },
  };
}
