import { allHandlersFinished, condition, continueAsNew } from '@temporalio/workflow';
import { ledger } from './activities';
import { afterSale } from './after-sale';
import { areLinesAsked, isMoneyGivenBack } from './change/cancel-lines';
import { carryOut } from './fulfillment/carry-out';
import { now } from './engine/clock';
import { endEarly, undo } from './early-end';
import { areEditsAsked } from './change/edit-order';
import { followAwaitedEdit } from './change/awaited-edit';
import { isNothingLeft } from './supply/give-up';
import { followHolds } from './holds';
import { listen } from './listen';
import type { OrderInput } from './messages';
import { areOffersAsked } from './supply/offers';
import { pay } from './pay';
import { showInSearch } from './engine/search';
import { followShortage } from './supply/shortage';
import { isAskedToSource } from './supply/source-again';
import { source, takeUpFirst, type Sourced } from './supply/sourcing';
import { fulfil } from './supply/supply';
import { newThread, resumedThread, type OrderThread } from './thread';
import { OrderEndsEarly, until } from './waiting';

export interface OrderEnd {
  status: 'completed' | 'cancelled' | 'duplicate' | 'continued';
}

/** The life of one order, from the channel's hand-over until its last return window has closed. */
export async function order(input: OrderInput): Promise<OrderEnd> {
  const thread = input.resumed ? resumedThread(input.resumed as OrderThread) : newThread(input.order);
  listen(thread);
  followHolds(thread);
  followAwaitedEdit(thread);
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
      const recorded = await record(thread, input);
      if (recorded.outcome === 'duplicate') return { status: 'duplicate' };
      if (isCarriedOut(input)) await carryOut(thread, input.order);
      else await sourceAndPay(thread, recorded.sourced);
      thread.stage = 'fulfil';
    }
    if (thread.stage === 'fulfil' && !(await fulfil(thread, followed))) return { status: 'continued' };
    return { status: (await afterSale(thread, followed)) ? 'completed' : 'continued' };
  } catch (error) {
    if (!(error instanceof OrderEndsEarly)) throw error;
    await undo(thread, error);
    return { status: 'cancelled' };
  }
}

const isCarriedOut = ({ order }: OrderInput): boolean => order.delivery.mode === 'carryOut';

/** `first`: it was sourced when it was recorded; then somebody may have held it since. */
async function sourceAndPay(thread: OrderThread, first?: Sourced): Promise<void> {
  const already = first && (await takeUpFirst(thread, first));
  await untilReleased(thread);
  const sourced = already ?? (await source(thread));
  if (sourced.givenUp.length > 0 && isNothingLeft(thread)) await endEarly(thread, 'notSupplied');
  await pay(thread, sourced);
  for (const shortage of sourced.shortages) await followShortage(thread, shortage);
}

/** 1 and 2, and 3 in the same step where nothing holds it; an order known under another workflow ends here. */
async function record(thread: OrderThread, input: OrderInput): Promise<Recorded> {
  const sources = isCarriedOut(input) ? {} : { sources: true as const };
  const recorded = await ledger.recordOrder({ order: input.order, at: now(), ...sources });
  if (recorded.outcome === 'duplicate') return recorded;
  thread.settings = recorded.settings;
  if (recorded.triesAtOnce) thread.triesAtOnce = true;
  thread.isHeld ||= recorded.isHeld;
  if (recorded.holds) {
    thread.openHolds = [...recorded.holds];
    followHolds(thread);
  }
  return recorded;
}

type Recorded = Awaited<ReturnType<typeof ledger.recordOrder>>;

async function untilReleased(thread: OrderThread): Promise<void> {
  if (!thread.isHeld) return;
  showInSearch({ status: 'onHold', waitingFor: 'release' });
  // Each hold has a deadline of its own; orders that began before had one together.
  const deadline = thread.openHolds ? null : Date.now() + thread.settings.holdWithinMs;
  const released = await until(thread, () => !thread.isHeld, deadline);
  if (!released) await endEarly(thread, 'holdNotReleased');
}
