import type { PlacedOrder } from '../../domain/order/types';
import { ledger } from '../activities';
import { authorizePayments } from '../engine/at-once';
import { showInSearch } from '../engine/search';
import { now } from '../engine/clock';
import type { OrderThread } from '../thread';

/** What a store sold over its counter: paid and gone before we hear of it; there is nothing to source or to prepare. */
export async function carryOut(thread: OrderThread, order: PlacedOrder): Promise<void> {
  const { orderId, number } = thread;
  await authorizePayments(thread, { orderId, orderNumber: number, at: now() });
  const carried = await ledger.carryOut({ orderId, at: now() });
  thread.round = 1;
  thread.isConfirmed = true;
  thread.parts.push({
    ...carried,
    stage: 'toSettle',
    actBefore: Date.now(),
    arrivedAt: Date.parse(order.placedAt),
    isBusy: false,
  });
  showInSearch({ status: 'confirmed', waitingFor: 'returnWindow' });
}
