import { ledger } from '../activities';
import { now } from './clock';
import { whileBusy, type Part } from '../fulfillment/parts';
import type { OrderThread } from '../thread';

/** A deadline passed that only people can mend: it goes to the exceptions, and the wait begins anew. */
export async function escalate(thread: OrderThread, part: Part, type: string, what: string): Promise<void> {
  const { fulfillmentId, locationId } = part;
  delete part.deadline;
  await whileBusy(part, () =>
    ledger.recordStep({
      orderId: thread.orderId,
      at: now(),
      events: [
        {
          key: `${type}:${fulfillmentId}:${Date.now()}`,
          type,
          actor: 'system',
          data: { fulfillmentId, locationId },
        },
      ],
      waits: [{ key: fulfillmentId, what, until: now(), then: 'operations are reminded again' }],
    }),
  );
}
