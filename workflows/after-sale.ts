import { condition, workflowInfo } from '@temporalio/workflow';
import { ledger, money } from './activities';
import { isMoneyGivenBack } from './change/cancel-lines';
import { now, waitUntil } from './engine/clock';
import { endEarly } from './early-end';
import { dropAwaitedEdit } from './change/edit-order';
import { whenLeft } from './fulfillment/parts';
import { followAll, hasUnfollowed, shouldContinueAsNew } from './fulfillment/routines';
import { showInSearch } from './engine/search';
import type { OrderThread } from './thread';

/**
 * 6: returns, until the window has closed and every return has come to its end. False when the order should go on in
 * a new run.
 */
export async function afterSale(thread: OrderThread, followed: Set<string>): Promise<boolean> {
  if (thread.awaitedEdit && thread.stage === 'fulfil') await dropAwaitedEdit(thread);
  if (thread.hasGivenUp && thread.stage === 'fulfil') {
    const hasLeft = thread.parts.some(({ result }) => result !== undefined && whenLeft.includes(result));
    if (!hasLeft) return endEarly(thread, 'notSupplied');
    if (!isMoneyGivenBack(thread)) await condition(() => isMoneyGivenBack(thread));
    await money.giveExcessBack({ orderId: thread.orderId, at: now() });
  }
  if (thread.stage === 'fulfil') openWindow(thread);
  if (!(await windowCloses(thread, followed))) return false;
  await ledger.recordStep({
    orderId: thread.orderId,
    at: now(),
    status: 'completed',
    decision: 'completed',
    waitsOver: ['*'],
    events: [{ key: 'completed', type: 'orderCompleted', actor: 'system' }],
  });
  showInSearch({ status: 'completed', waitingFor: 'nothing' });
  return true;
}

/** Nothing was delivered, nothing can come back: then the window is closed from the start. */
function openWindow(thread: OrderThread): void {
  thread.stage = 'afterSale';
  thread.windowUntil =
    thread.lastDeliveredAt === 0 ? 0 : thread.lastDeliveredAt + thread.settings.returnWindowMs;
  showInSearch({ status: 'confirmed', waitingFor: 'returnWindow' });
}

async function windowCloses(thread: OrderThread, followed: Set<string>): Promise<boolean> {
  const areReturnsOver = (): boolean => thread.returns.every((part) => part.stage === 'over');
  for (;;) {
    followAll(thread, followed);
    const isClosed = Date.now() >= thread.windowUntil;
    if (isClosed && areReturnsOver()) return true;
    const hasNews = (): boolean =>
      hasUnfollowed(thread, followed) ||
      workflowInfo().continueAsNewSuggested ||
      (isClosed && areReturnsOver());
    await waitUntil(hasNews, isClosed ? null : thread.windowUntil);
    if (await shouldContinueAsNew(thread)) return false;
  }
}
