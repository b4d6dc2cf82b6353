import type { OrderSignal } from '../../domain/commands';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { withdrawalMails } from '../dropship/withdrawal-mails';
import { releaseAllocations } from '../stock/release';
import { inTransaction } from '../transaction';

export type ExpireResult =
  /** Nobody acted: the work is taken away and its stock is free. */
  | { outcome: 'expired'; signals: OrderSignal[] }
  /** Somebody acted while the deadline passed; `status` tells how far they are. */
  | { outcome: 'acted'; status: string };

/**
 * A deadline of a fulfillment has passed; when its pieces are given up (nobody collected them), the order's lines
 * count them as cancelled. The row decides who was first, the deadline or the people: only work
 * still in one of `from` is taken away. Twice is once.
 */
export async function expireFulfillment(
  db: Database,
  input: {
    orderId: string;
    fulfillmentId: string;
    from: string[];
    reason: string;
    isGivenUp: boolean;
    at: string;
  },
): Promise<ExpireResult> {
  return inTransaction(db, async (trx) => {
    const row = await trx('fulfillments')
      .where('id', input.fulfillmentId)
      .forUpdate()
      .first('status', 'reject_reason');
    if (row.reject_reason === input.reason) return { outcome: 'expired', signals: [] };
    if (!input.from.includes(row.status)) return { outcome: 'acted', status: row.status };
    const mails = await withdrawalMails(trx, [input.fulfillmentId]);
    await trx('fulfillments')
      .where('id', input.fulfillmentId)
      .update({ status: 'cancelled', reject_reason: input.reason, given_up: input.isGivenUp });
    const keys = await trx('fulfillment_lines')
      .where('fulfillment_id', input.fulfillmentId)
      .pluck('allocation_key');
    if (input.isGivenUp)
      await trx.raw(
        `UPDATE order_lines AS l SET cancelled = l.cancelled + f.quantity
         FROM fulfillment_lines AS f WHERE f.fulfillment_id = ? AND f.line_id = l.id`,
        [input.fulfillmentId],
      );
    const signals = await releaseAllocations(trx, { keys, cause: 'deadline', actor: 'system', at: input.at });
    await recordStep(trx, {
      orderId: input.orderId,
      at: input.at,
      waitsOver: [input.fulfillmentId],
      mails,
      events: [
        {
          key: `expired:${input.fulfillmentId}`,
          type: 'fulfillmentExpired',
          actor: 'system',
          data: { fulfillmentId: input.fulfillmentId, reason: input.reason },
        },
      ],
    });
    return { outcome: 'expired', signals };
  });
}
