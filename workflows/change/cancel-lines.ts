import { condition, sleep } from '@temporalio/workflow';
import { ledger, money } from '../activities';
import { isAllowedNow, notAllowed } from '../allowed';
import type { LinesAnswer, LinesRequest } from '../messages';
import { now } from '../engine/clock';
import { whileBusy, type CancelledPart } from '../fulfillment/parts';
import type { OrderThread } from '../thread';
import { setGivenUp } from '../supply/waiting-counts';
import { followWorkLeft } from '../supply/work-left';

const dayMs = 86_400_000;

export const areLinesAsked = (thread: OrderThread): boolean => (thread.linesAsked ?? []).length > 0;

/** All money of cancelled pieces has gone back. */
export const isMoneyGivenBack = (thread: OrderThread): boolean =>
  (thread.cancelledParts ?? []).every((part) => part.stage === 'over');

/**
 * Asks the order's own thread to cancel some pieces; `whole` when nothing would be left of the order. The thread
 * answers at a place where it knows what it has done so far.
 */
export async function askForLines(
  thread: OrderThread,
  request: LinesRequest,
): Promise<LinesAnswer | { outcome: 'whole' }> {
  if (thread.isCancelled) return { outcome: 'done' };
  if (!thread.isConfirmed)
    return notAllowed(thread, 'The order is not confirmed yet: cancel it whole, or wait until it is');
  const isAllowed = isAllowedNow(thread, 'cancelLines') || isAllowedNow(thread, 'cancel');
  if (thread.stage === 'afterSale' || !isAllowed)
    return notAllowed(thread, 'Nothing of the order waits for stock or to be packed any more');
  const answers = (thread.linesAnswers ??= {});
  const asked = (thread.linesAsked ??= []);
  if (!asked.some(({ key }) => key === request.key)) asked.push(request);
  const isOver = (): boolean => ['afterSale', 'ended'].includes(thread.stage) || thread.isCancelled;
  await condition(() => answers[request.key] !== undefined || isOver());
  thread.linesAsked = thread.linesAsked.filter(({ key }) => key !== request.key);
  const answer = answers[request.key];
  delete answers[request.key];
  if (answer) return answer;
  return thread.isCancelled ? { outcome: 'done' } : notAllowed(thread, 'The order has ended');
}

/** Answers every request that is there; a step under way takes effect or does not before it is decided. */
export async function decideLines(thread: OrderThread): Promise<void> {
  for (;;) {
    const request = thread.linesAsked?.[0];
    if (!request) return;
    await condition(() => thread.parts.every((part) => !part.isBusy));
    const answer = await decide(thread, request);
    thread.linesAsked = thread.linesAsked?.filter(({ key }) => key !== request.key);
    (thread.linesAnswers ??= {})[request.key] = answer;
  }
}

async function decide(
  thread: OrderThread,
  request: LinesRequest,
): Promise<LinesAnswer | { outcome: 'whole' }> {
  const result = await ledger.cancelLines({ orderId: thread.orderId, ...request, at: now() });
  if (result.outcome === 'refused') return notAllowed(thread, result.because);
  if (result.outcome !== 'cancelled') return result;
  thread.hasGivenUp = true;
  setGivenUp(thread, result.givenUpPieces, result.givenUpByPlace);
  followWorkLeft(thread, result.workLeft);
  const { key, lines, reason } = request;
  const parts = (thread.cancelledParts ??= []);
  if (!parts.some((part) => part.key === key))
    parts.push({ key, lines, reason, stage: 'toGiveBack', attempt: 1, isBusy: false });
  return { outcome: 'done' };
}

/** The money of cancelled pieces, one refund of an order at a time; a refused one is tried again daily. */
export async function giveBack(thread: OrderThread, part: CancelledPart): Promise<void> {
  const { key, lines, reason, isTold, isReplaced, isEdit } = part;
  const { orderId, payBefore } = thread;
  const about = {
    ...{ orderId, key, lines, reason },
    ...(isTold && { isTold }),
    ...(isReplaced && { isReplaced }),
  };
  const give = (step: { attempt: number; at: string }) =>
    isEdit
      ? money.giveEditBack({ orderId, key, ...(payBefore !== undefined && { payBefore }), ...step })
      : money.giveLinesBack({ ...about, ...step });
  await condition(() => !thread.isRefunding);
  thread.isRefunding = true;
  try {
    for (;;) {
      const given = await whileBusy(part, () => give({ attempt: part.attempt, at: now() }));
      if (given.outcome === 'done') break;
      part.attempt += 1;
      await sleep(dayMs);
    }
  } finally {
    thread.isRefunding = false;
  }
  part.stage = 'over';
}
