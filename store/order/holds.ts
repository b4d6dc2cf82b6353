import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { recordStep } from '../story/record-step';

/** A person holds the order back; its locations cannot go on until it is released. */
export async function placeHold(
  db: Database,
  input: { orderId: string; key: string; reason: string; actor: string; until: string; at: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx('order_holds')
      .insert({
        order_id: input.orderId,
        key: input.key,
        type: 'manual',
        reason: input.reason,
        actor: input.actor,
        placed_at: input.at,
      })
      .onConflict()
      .ignore();
    await recordStep(trx, {
      orderId: input.orderId,
      at: input.at,
      status: 'onHold',
      decision: 'onHold',
      waits: [
        {
          key: 'hold',
          what: `somebody to release the hold: ${input.reason}`,
          until: input.until,
          then: 'the exceptions desk is told',
        },
      ],
      events: [
        {
          key: `held:${input.key}`,
          type: 'holdPlaced',
          actor: input.actor,
          data: { type: 'manual', reason: input.reason },
        },
      ],
    });
  });
}

/** Ends all holds of an order; it goes back to where it was. */
export async function releaseHolds(
  db: Database,
  input: { orderId: string; actor: string; backTo: 'placed' | 'confirmed'; key: string; at: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx('order_holds')
      .where('order_id', input.orderId)
      .whereNull('released_at')
      .update({ released_at: input.at, released_by: input.actor });
    await recordStep(trx, {
      orderId: input.orderId,
      at: input.at,
      status: input.backTo,
      waitsOver: input.backTo === 'placed' ? ['hold', 'order'] : ['hold'],
      events: [{ key: `released:${input.key}`, type: 'holdReleased', actor: input.actor }],
    });
  });
}
