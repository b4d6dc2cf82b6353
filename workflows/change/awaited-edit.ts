import { condition } from '@temporalio/workflow';
import { ledger } from '../activities';
import { notAllowed } from '../allowed';
import { hold, release } from '../holds';
import type { ActionAnswer, EditNotMade, EditRequest } from '../messages';
import { isoOf, now, waitUntil } from '../engine/clock';
import type { AwaitedEdit, OrderThread } from '../thread';

const dayMs = 86_400_000;

/** The edit waits for its money. What has not left is kept back, so that it can still be made when the money comes. */
export async function awaitMoney(
  thread: OrderThread,
  { due: _, isCustomer: __, version: ___, ...request }: EditRequest,
  paymentId: string,
  until: number,
): Promise<void> {
  // A day before its end, or half-way.
  const remindAt = Math.max(until - dayMs, (Date.now() + until) / 2);
  thread.awaitedEdit = { request, paymentId, until, remindAt };
  await hold(thread, {
    ...{ key: holdKey(request), type: 'payment', owner: 'customer', until: isoOf(until), then: 'goOn' },
    ...{ reason: 'A change of the order waits for its money', actor: request.actor },
  });
  followAwaitedEdit(thread);
}

const holdKey = ({ key }: EditRequest): string => `edit:${key}`;

/** What kept the order back for its sake ends with it. */
export async function endWait(thread: OrderThread, { request }: AwaitedEdit): Promise<void> {
  delete thread.awaitedEdit;
  const isHeld = thread.openHolds?.some(({ key }) => key === holdKey(request));
  if (isHeld) await release(thread, { holdId: holdKey(request), actor: 'system' });
}

/**
 * Watches over an edit that waits: reminds of it, and has the order's own thread decide when its money is there or its
 * time is over. Begins once a run; costs nothing for an order of which none waits.
 */
export function followAwaitedEdit(thread: OrderThread): void {
  if (thread.isEditFollowed || !thread.awaitedEdit) return;
  thread.isEditFollowed = true;
  void watch(thread, thread.awaitedEdit);
}

async function watch(thread: OrderThread, awaited: AwaitedEdit): Promise<void> {
  const isOver = (): boolean => thread.awaitedEdit !== awaited || hasEnded(thread);
  const isPaid = (): boolean => thread.receivedPayments.includes(awaited.paymentId);
  const isDone = (): boolean => isOver() || isPaid();
  if (awaited.remindAt !== undefined) {
    const { key } = awaited.request;
    if (!(await waitUntil(isDone, awaited.remindAt)))
      await ledger.remindOfEdit({ orderId: thread.orderId, key, at: now() });
    delete awaited.remindAt;
  }
  await waitUntil(isDone, awaited.until);
  delete thread.isEditFollowed;
  if (!isOver()) askToDecide(thread, awaited, isPaid() ? 'paid' : 'notPaid');
}

function askToDecide(thread: OrderThread, { request }: AwaitedEdit, due: 'paid' | EditNotMade): void {
  (thread.editsAsked ??= []).push({ ...request, due });
}

const hasEnded = ({ isCancelled, stage }: OrderThread): boolean =>
  isCancelled || ['afterSale', 'ended'].includes(stage);

/** Whoever asked for the edit, or staff, do not want it any more. */
export async function withdrawEdit(thread: OrderThread, { actor }: { actor: string }): Promise<ActionAnswer> {
  const awaited = thread.awaitedEdit;
  if (!awaited || hasEnded(thread)) return notAllowed(thread, 'No change of the order waits for money');
  (thread.editsAsked ??= []).push({ ...awaited.request, due: 'withdrawn', actor });
  await condition(() => thread.awaitedEdit !== awaited || hasEnded(thread));
  return { outcome: 'done' };
}
