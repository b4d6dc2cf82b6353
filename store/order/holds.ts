import { waitOfHold, type Hold } from '../../domain/order/hold';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { recordStep } from '../story/record-step';
import { beginTimeToAct, stopTimeToAct } from '../fulfillment/time-to-act';
import { lockMoney } from '../payment/movements';

/** A person holds the order back, for one more reason; its locations cannot go on until all are released. */
export async function placeHold(
  db: Database,
  input: { orderId: string; hold: Hold; actor: string; at: string },
): Promise<void> {
  const { orderId, hold, actor, at } = input;
  await inTransaction(db, async (trx) => {
    await lockMoney(trx, orderId);
    await trx('order_holds')
      .insert({
        ...{ order_id: orderId, key: hold.key, type: hold.type, reason: hold.reason, owner: hold.owner },
        ...{ until: hold.until, then_what: hold.then, actor, placed_at: at },
      })
      .onConflict()
      .ignore();
    await recordStep(trx, {
      ...{ orderId, at, status: 'onHold', decision: 'onHold' },
      waits: [waitOfHold(hold), ...(await stopTimeToAct(trx, orderId))],
      events: [{ key: `held:${hold.key}`, type: 'holdPlaced', actor, data: { ...hold } }],
    });
  });
}

/**
 * Ends one hold, or those that were open when it was asked: told twice, it does not end one that was placed in between.
 * When none is left, the order goes back to where it was.
 */
export async function releaseHolds(
  db: Database,
  input: {
    orderId: string;
    /** The only one, as it was told before they were named in a list. */
    hold?: string;
    /** All that are open, unless told: by orders of before holds had types. */
    holds?: readonly string[];
    actor: string;
    backTo: 'placed' | 'confirmed';
    key: string;
    /** Locations have all of their time again; left out by orders that do not give it to them. */
    beginsTime?: true;
    at: string;
  },
): Promise<void> {
  const { orderId, actor, at } = input;
  await inTransaction(db, async (trx) => {
    await lockMoney(trx, orderId);
    const open = () => trx('order_holds').where('order_id', orderId).whereNull('released_at');
    const named = input.holds ?? (input.hold === undefined ? null : [input.hold]);
    const released = await (named ? open().whereIn('key', [...named]) : open())
      .update({ released_at: at, released_by: actor })
      .returning(['key', 'type', 'reason']);
    const isLast = (await open().first('key')) === undefined;
    await recordStep(trx, {
      ...{ orderId, at, ...(isLast && { status: input.backTo }) },
      waits: isLast && input.beginsTime ? await beginTimeToAct(trx, { orderId, at }) : [],
      waitsOver: [
        ...released.map(({ key }) => `hold:${key}`),
        ...(isLast ? ['hold', ...(input.backTo === 'placed' ? ['order'] : [])] : []),
      ],
      events: [
        {
          ...{ key: `released:${input.key}`, type: 'holdReleased', actor },
          data: { holds: released, isLast },
        },
      ],
    });
  });
}
