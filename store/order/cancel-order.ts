import type { Knex } from 'knex';
import type { OrderSignal } from '../../domain/commands';
import { hasLeftHouse } from '../../domain/order/capabilities';
import { withdrawOffers } from '../alternative/withdraw-offers';
import type { Database } from '../connect';
import { withdrawalMails } from '../dropship/withdrawal-mails';
import { divertSent } from '../fulfillment/give-up-sent';
import { releaseAllocations } from '../stock/release';
import { lockSkus } from '../stock/lock-skus';
import { waitingRows, type OfBackorders } from '../stock/of-backorders';
import { inTransaction } from '../transaction';
import { closeAwaitedEdit } from './close-awaited-edit';
import { cancelAwaited } from '../stock-transfer/awaited';
import { recordStep } from '../story/record-step';

export type CancelResult =
  | { outcome: 'cancelled'; booked: string[]; signals: OrderSignal[] }
  | { outcome: 'refused'; because: string };

/**
 * Decides a cancellation and takes everything back that is ours to take back: work, stock, places in the queue
 * for stock; what is on its way to a store becomes that store's stock. Rows are locked, so that a parcel leaving at this moment is either first (refused) or too late.
 * `booked` are fulfillments whose carrier booking is to be cancelled. Twice is once.
 */
export async function cancelOrder(
  db: Database,
  input: {
    orderId: string;
    reason: string;
    /** For staff: more than the customer is told. */
    detail?: string;
    actor: string;
    decision: 'cancelled' | 'declined';
    at: string;
  },
): Promise<CancelResult> {
  return inTransaction(db, async (trx) => {
    const fulfillments = await lockFulfillments(trx, input.orderId);
    const left = fulfillments.find(({ status }) => hasLeftHouse(status));
    if (left) return { outcome: 'refused', because: `Fulfillment ${left.id} is ${left.status} already` };
    const mails = await withdrawalMails(
      trx,
      fulfillments.map(({ id }) => id),
    );
    const signals = await takeBack(trx, input);
    const onTheWay = fulfillments.filter(({ status }) => status === 'toStore').map(({ id }) => id);
    await divertSent(trx, onTheWay, input);
    await trx.raw('UPDATE order_lines SET cancelled = quantity WHERE order_id = ?', [input.orderId]);
    const { orderId, actor, at } = input;
    const touched = { orderId, isAll: true as const, actor, at };
    const offers = await withdrawOffers(trx, { ...touched, because: 'orderCancelled' });
    await recordStep(trx, {
      orderId: input.orderId,
      at: input.at,
      status: 'cancelled',
      decision: input.decision,
      mails,
      waits: [
        {
          key: 'order',
          what: 'money to go back to the customer',
          until: null,
          then: 'tried again until it does',
        },
      ],
      waitsOver: ['*'],
      events: [
        {
          key: 'cancelled',
          type: 'orderCancelled',
          actor: input.actor,
          data: { reason: input.reason, ...(input.detail ? { detail: input.detail } : {}) },
        },
        ...offers.events,
      ],
    });
    await closeAwaitedEdit(trx, { orderId: input.orderId, outcome: 'orderOver', at: input.at });
    const booked = fulfillments.filter(isBooked).map((f) => f.id);
    return { outcome: 'cancelled', booked, signals };
  });
}

/** What was sent to a store is with the carrier, or there: nothing is left to be called off. */
const isBooked = ({ packed_at: packedAt, shipped_at: shippedAt }: LockedFulfillment): boolean =>
  packedAt !== null && shippedAt === null;

interface LockedFulfillment {
  id: string;
  status: string;
  packed_at: Date | null;
  shipped_at: Date | null;
}

/** The order's fulfillments, locked; the first lock of whoever acts on the order. */
export async function lockFulfillments(trx: Knex.Transaction, orderId: string): Promise<LockedFulfillment[]> {
  return trx('fulfillments')
    .where('order_id', orderId)
    .orderBy('id')
    .forUpdate()
    .select('id', 'status', 'packed_at', 'shipped_at');
}

async function takeBack(
  trx: Knex.Transaction,
  { orderId, actor, at }: { orderId: string; actor: string; at: string },
): Promise<OrderSignal[]> {
  const sent = await cancelAwaited(trx, { orderId, at });
  await lockEverySku(trx, orderId);
  // First out of the queue: stock that comes in at this moment may still make a fulfillment of the order.
  await closeBackorders(trx, { orderId });
  await trx('fulfillments').where('order_id', orderId).update({ status: 'cancelled' });
  const keys = await trx('allocations').where({ order_id: orderId, state: 'held' }).pluck('key');
  const own = await releaseAllocations(trx, { keys, cause: 'cancellation', actor, at });
  const others = await releaseAllocations(trx, {
    keys: sent,
    cause: 'transferCancelled',
    actor: 'system',
    at,
  });
  return [...own, ...others];
}

/** All at once: locks taken in two goes could wait for each other. */
export async function lockEverySku(trx: Knex.Transaction, orderId: string): Promise<void> {
  const skus = await trx('order_lines').where('order_id', orderId).pluck('sku');
  await lockSkus(trx, skus);
}

/** The lines leave the queue for stock; how many pieces were still waiting, by line. */
export async function closeBackorders(
  trx: Knex.Transaction,
  which: OfBackorders,
): Promise<{ id: number; lineId: string; quantity: number }[]> {
  const skus: string[] = await waitingRows(trx, which).pluck('sku');
  if (skus.length === 0) return [];
  await lockSkus(trx, skus);
  const closed: { id: number; line_id: string; open: number }[] = await waitingRows(trx, which)
    .orderBy('id')
    .select('id', 'line_id', 'open');
  await waitingRows(trx, which).update({ open: 0 });
  return closed.map((row) => ({ id: row.id, lineId: row.line_id, quantity: row.open }));
}
