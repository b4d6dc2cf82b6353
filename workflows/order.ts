import { allHandlersFinished, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { PaymentDecision } from '../activities/pay';
import { ledger, money } from './activities';
import { carryOut } from './carry-out';
import { areLinesAsked, isMoneyGivenBack } from './cancel-lines';
import { areOffersAsked } from './offers';
import { endEarly, undo } from './early-end';
import { isNothingLeft } from './give-up';
import { areEditsAsked } from './edit-order';
import { followHolds, hold } from './holds';
import { listen } from './listen';
import type { OrderInput } from './messages';
import { followAll, hasUnfollowed, shouldContinueAsNew } from './routines';
import { showInSearch } from './search';
import { followShortage, isOffered } from './shortage';
import { isAskedToSource } from './source-again';
import { source, type SourcedRound } from './sourcing';
import { fulfil } from './supply';
import {
  isoOf,
  newThread,
  now,
  openPieces,
  resumedThread,
  waitsForRest,
  waitUntil,
  whenLeft,
  type OrderThread,
} from './thread';
import { OrderEndsEarly, until } from './waiting';

export interface OrderEnd {
  status: 'completed' | 'cancelled' | 'duplicate' | 'continued';
}

/** The life of one order, from the channel's hand-over until its last return window has closed. */
export async function order(input: OrderInput): Promise<OrderEnd> {
  const thread = input.resumed ? resumedThread(input.resumed as OrderThread) : newThread(input.order);
  listen(thread);
  followHolds(thread);
  const followed = new Set<string>();
  let end = await live(thread, input, followed);
  while (end.status === 'continued') {
    // Who asks to cancel at this moment is answered first: the answer is given by the order's own thread.
    const isAsked = (): boolean =>
      thread.cancelAsked !== null ||
      areLinesAsked(thread) ||
      areOffersAsked(thread) ||
      areEditsAsked(thread) ||
      isAskedToSource(thread);
    await condition(() => allHandlersFinished() || isAsked());
    if (!isAsked()) await continueAsNew<typeof order>({ order: input.order, resumed: thread });
    end = await live(thread, input, followed);
  }
  thread.stage = 'ended';
  await condition(() => allHandlersFinished() && isMoneyGivenBack(thread));
  return end;
}

async function live(thread: OrderThread, input: OrderInput, followed: Set<string>): Promise<OrderEnd> {
  try {
    if (thread.stage === 'begin') {
      if (await isDuplicate(thread, input)) return { status: 'duplicate' };
      if (input.order.delivery.mode === 'carryOut') await carryOut(thread, input.order);
      else await sourceAndPay(thread);
      thread.stage = 'fulfil';
    }
    if (thread.stage === 'fulfil' && !(await fulfil(thread, followed))) return { status: 'continued' };
    return await afterSale(thread, followed);
  } catch (error) {
    if (!(error instanceof OrderEndsEarly)) throw error;
    await undo(thread, error);
    return { status: 'cancelled' };
  }
}

async function sourceAndPay(thread: OrderThread): Promise<void> {
  await untilReleased(thread);
  const sourced = await source(thread);
  if (sourced.givenUp.length > 0 && isNothingLeft(thread)) await endEarly(thread, 'notSupplied');
  await pay(thread, sourced);
  if (sourced.shortage) await followShortage(thread, sourced.shortage);
}

/** 1 and 2: the order is written down and looked at; an order known under another workflow ends here. */
async function isDuplicate(thread: OrderThread, input: OrderInput): Promise<boolean> {
  const recorded = await ledger.recordOrder({ order: input.order, at: now() });
  if (recorded.outcome === 'duplicate') return true;
  thread.settings = recorded.settings;
  thread.isHeld ||= recorded.isHeld;
  if (recorded.holds) {
    thread.openHolds = [...recorded.holds];
    followHolds(thread);
  }
  return false;
}

async function untilReleased(thread: OrderThread): Promise<void> {
  if (!thread.isHeld) return;
  showInSearch({ status: 'onHold', waitingFor: 'release' });
  // Each hold has a deadline of its own; orders that began before had one together.
  const deadline = thread.openHolds ? null : Date.now() + thread.settings.holdWithinMs;
  const released = await until(thread, () => !thread.isHeld, deadline);
  if (!released) await endEarly(thread, 'holdNotReleased');
}

/** 4: the money is promised or awaited, the order confirmed; then its locations may begin. */
async function pay(thread: OrderThread, { shortage, backordered, givenUp }: SourcedRound): Promise<void> {
  const { orderId } = thread;
  const paid = await authorize(thread);
  if (paid.outcome === 'declined') return endEarly(thread, 'paymentDeclined', paid.message);
  // Somebody may have held or cancelled the order while the money was asked for.
  await until(thread, () => !thread.isHeld, null);
  const awaitUntil = Date.now() + thread.settings.transferWithinMs;
  const isAwaiting = paid.awaiting.length > 0;
  const remorseUntil = beginRemorse(thread);
  const isSetAside = setAside(thread);
  await ledger.confirmOrder({
    orderId,
    release: isAwaiting || remorseUntil || isSetAside ? [] : workOf(thread),
    backordered,
    backorderUntil: isoOf(shortage?.until ?? thread.shortages?.[0]?.until ?? 0),
    ...(shortage && isOffered(shortage) && !isAwaiting && { isOffered: true as const }),
    ...(isSetAside && { isTogether: true as const }),
    ...(givenUp.length > 0 && { givenUp }),
    ...(thread.isEditedEarly && { isEdited: true as const }),
    ...(remorseUntil && { remorseUntil: isoOf(remorseUntil) }),
    awaiting: paid.awaiting,
    awaitUntil: isoOf(awaitUntil),
    at: now(),
  });
  thread.isConfirmed = true;
  const waitingFor = isAwaiting ? 'payment' : openPieces(thread) > 0 ? 'stock' : 'fulfillment';
  showInSearch({ status: 'confirmed', waitingFor });
  if (isAwaiting) await untilPaid(thread, paid.awaiting, awaitUntil);
  if (remorseUntil) await untilRemorseIsOver(thread, remorseUntil);
}

/** What somebody has to agree to first holds the order; it is asked again when it was released. */
async function authorize(thread: OrderThread): Promise<Exclude<PaymentDecision, { outcome: 'toAgree' }>> {
  const { orderId, number } = thread;
  for (let asked = 1; ; asked += 1) {
    const paid = await money.authorizePayments({ orderId, orderNumber: number, at: now() });
    if (paid.outcome !== 'toAgree') return paid;
    const key = `${paid.hold}:${asked}`;
    await hold(thread, { key, type: paid.hold, reason: paid.reason, actor: 'system' });
    await until(thread, () => !thread.isHeld, null);
  }
}

const workOf = ({ parts }: OrderThread): string[] =>
  parts.filter(({ isTakenBack }) => !isTakenBack).map(({ fulfillmentId }) => fulfillmentId);

/** Null where the channel gives its customers no time to change their mind. */
function beginRemorse(thread: OrderThread): number | null {
  const { remorseWithinMs = 0 } = thread.settings;
  if (remorseWithinMs > 0) thread.remorseUntil = Date.now() + remorseWithinMs;
  return thread.remorseUntil ?? null;
}

async function untilPaid(thread: OrderThread, awaiting: string[], deadline: number): Promise<void> {
  thread.payBefore = isoOf(deadline);
  const isPaid = (): boolean => awaiting.every((id) => thread.receivedPayments.includes(id));
  if (!(await until(thread, isPaid, deadline))) return endEarly(thread, 'paymentNotReceived');
  delete thread.payBefore;
  await showWork(thread, 'paid', (thread.remorseUntil ?? 0) > Date.now() ? [] : workOf(thread));
}

/** Nobody begins what the customer may still change. */
async function untilRemorseIsOver(thread: OrderThread, deadline: number): Promise<void> {
  await until(thread, () => false, deadline);
  await until(thread, () => !thread.isHeld, null);
  await showWork(thread, 'remorse', workOf(thread));
}

async function showWork(thread: OrderThread, key: string, work: string[]): Promise<void> {
  for (const part of thread.parts) part.actBefore = Date.now() + part.actWithinMs;
  const isComplete = openPieces(thread) === 0;
  const release = setAside(thread) ? [] : work;
  if (release.length > 0) delete thread.heldBack;
  await ledger.releaseWork({ orderId: thread.orderId, release, isComplete, key, at: now() });
}

/** Whether all that there is of the order is kept until the rest has come. */
function setAside(thread: OrderThread): boolean {
  if (!waitsForRest(thread)) return false;
  thread.heldBack = workOf(thread);
  return true;
}

/** 6: returns, until the window has closed and every return has come to its end. */
async function afterSale(thread: OrderThread, followed: Set<string>): Promise<OrderEnd> {
  if (thread.hasGivenUp && thread.stage === 'fulfil') {
    const hasLeft = thread.parts.some(({ result }) => result !== undefined && whenLeft.includes(result));
    if (!hasLeft) return endEarly(thread, 'notSupplied');
    if (!isMoneyGivenBack(thread)) await condition(() => isMoneyGivenBack(thread));
    await money.giveExcessBack({ orderId: thread.orderId, at: now() });
  }
  if (thread.stage === 'fulfil') openWindow(thread);
  if (!(await windowCloses(thread, followed))) return { status: 'continued' };
  await ledger.recordStep({
    orderId: thread.orderId,
    at: now(),
    status: 'completed',
    decision: 'completed',
    waitsOver: ['*'],
    events: [{ key: 'completed', type: 'orderCompleted', actor: 'system' }],
  });
  showInSearch({ status: 'completed', waitingFor: 'nothing' });
  return { status: 'completed' };
}

/** Nothing was delivered, nothing can come back: then the window is closed from the start. */
function openWindow(thread: OrderThread): void {
  thread.stage = 'afterSale';
  thread.windowUntil =
    thread.lastDeliveredAt === 0 ? 0 : thread.lastDeliveredAt + thread.settings.returnWindowMs;
  showInSearch({ status: 'confirmed', waitingFor: 'returnWindow' });
}

/** False when the order should go on in a new run. */
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
