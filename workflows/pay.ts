import type { PaymentDecision } from '../activities/money/pay';
import { ledger } from './activities';
import { authorizePayments } from './engine/at-once';
import { isoOf, now } from './engine/clock';
import { endEarly } from './early-end';
import { hold } from './holds';
import { showInSearch } from './engine/search';
import { leavesWith, setAside } from './supply/set-aside';
import { openPieces } from './supply/waiting-counts';
import { isOffered } from './supply/shortage';
import { endOf, thenOf, type SourcedRound } from './supply/sourcing';
import type { OrderThread } from './thread';
import { until } from './waiting';

/** 4: the money is promised or awaited, the order confirmed; then its locations may begin. */
export async function pay(thread: OrderThread, round: SourcedRound): Promise<void> {
  const { orderId } = thread;
  const { shortages, backordered, givenUp } = round;
  const paid = await authorize(thread);
  if (paid.outcome === 'declined') return endEarly(thread, 'paymentDeclined', paid.message);
  // Somebody may have held or cancelled the order while the money was asked for.
  await until(thread, () => !thread.isHeld, null);
  const awaitUntil = Date.now() + thread.settings.transferWithinMs;
  const isAwaiting = paid.awaiting.length > 0;
  const remorseUntil = beginRemorse(thread);
  const release = setAside(thread);
  const then = thenOf(shortages);
  const isAllOffered = shortages.length > 0 && shortages.every(isOffered);
  await ledger.confirmOrder({
    orderId,
    release: isAwaiting || remorseUntil ? [] : release,
    backordered,
    backorderUntil: isoOf(shortages.length > 0 ? endOf(shortages) : (thread.shortages?.[0]?.until ?? 0)),
    ...(then !== undefined && { backorderThen: then }),
    ...(isAllOffered && !isAwaiting && { isOffered: true as const }),
    ...leavesWith(thread),
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
    const paid = await authorizePayments(thread, { orderId, orderNumber: number, at: now() });
    if (paid.outcome !== 'toAgree') return paid;
    const key = `${paid.hold}:${asked}`;
    await hold(thread, { key, type: paid.hold, reason: paid.reason, actor: 'system' });
    await until(thread, () => !thread.isHeld, null);
  }
}

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
  await showWork(thread, 'paid', (thread.remorseUntil ?? 0) <= Date.now());
}

/** Nobody begins what the customer may still change. */
async function untilRemorseIsOver(thread: OrderThread, deadline: number): Promise<void> {
  await until(thread, () => false, deadline);
  await until(thread, () => !thread.isHeld, null);
  await showWork(thread, 'remorse', true);
}

async function showWork(thread: OrderThread, key: string, isShown: boolean): Promise<void> {
  for (const part of thread.parts) part.actBefore = Date.now() + part.actWithinMs;
  const isComplete = openPieces(thread) === 0;
  const free = setAside(thread);
  const release = isShown ? free : [];
  await ledger.releaseWork({ orderId: thread.orderId, release, isComplete, key, at: now() });
}
