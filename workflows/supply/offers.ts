import { condition } from '@temporalio/workflow';
import { ledger, money } from '../activities';
import { notAllowed } from '../allowed';
import { giveUpLate } from './give-up';
import { offerToWhoAsks, usualMs } from './instead';
import type { InsteadRequest, OfferAnswer, OfferAnswerRequest } from '../messages';
import { isoOf, now } from '../engine/clock';
import { isOf, linesOf, type Shortage } from './short-pieces';
import type { OrderThread } from '../thread';
import { countArrived } from './waiting-counts';
import { followWorkLeft } from './work-left';

/** Something else is offered for what nobody has; it waits for stock meanwhile, and the customer decides. */
export async function offerInstead(thread: OrderThread, shortage: Shortage): Promise<void> {
  shortage.until = Date.now() + (shortage.withinMs ?? usualMs);
  const { lines } = shortage;
  const { offered } = await ledger.offerAlternatives({
    orderId: thread.orderId,
    round: shortage.rounds.at(-1)!,
    lines,
    otherwise: shortage.otherwise === 'cancel' ? 'cancel' : 'backorder',
    until: isoOf(shortage.until),
    at: now(),
  });
  if (offered.length === 0) return goWithout(thread, shortage, lines, 'notOffered');
  const others = lines.filter(({ lineId }) => !offered.includes(lineId));
  await tellWaiting(thread, shortage, others, 'notOffered');
}

/** Nobody answered in time. */
export async function lapseOffers(thread: OrderThread, shortage: Shortage): Promise<void> {
  const waiting = await ledger.expireOffers({ orderId: thread.orderId, ...linesOf(shortage), at: now() });
  await goWithout(thread, shortage, waiting, 'notTaken');
}

type Cause = 'notOffered' | 'notTaken';

/** No alternative is taken: the pieces go on waiting for stock, or are given up, as the rules say. */
async function goWithout(
  thread: OrderThread,
  shortage: Shortage,
  waiting: Shortage['lines'],
  cause: Cause,
): Promise<void> {
  if (shortage.otherwise === 'cancel') return giveUpLate(thread, shortage);
  shortage.then = 'backorder';
  shortage.until = Date.now() + thread.settings.backorderWithinMs;
  await tellWaiting(thread, shortage, waiting, cause);
}

async function tellWaiting(
  thread: OrderThread,
  { rounds, until }: Shortage,
  backordered: Shortage['lines'],
  cause: Cause,
): Promise<void> {
  if (backordered.length === 0) return;
  const about = { orderId: thread.orderId, backordered, round: rounds.at(-1)!, cause };
  await ledger.tellBackorder({ ...about, until: isoOf(until), at: now() });
}

export const areOffersAsked = (thread: OrderThread): boolean => (thread.offersAsked ?? []).length > 0;

/** Asks the order's own thread for an offer, or to answer one, at a place where it knows what it has done so far. */
export async function askForOffer(
  thread: OrderThread,
  request: OfferAnswerRequest | InsteadRequest,
): Promise<OfferAnswer> {
  const isOver = (): boolean => ['afterSale', 'ended'].includes(thread.stage) || thread.isCancelled;
  if (isOver() || !thread.isConfirmed)
    return notAllowed(thread, 'Nothing of the order waits for an alternative');
  const answers = (thread.offersAnswers ??= {});
  const asked = (thread.offersAsked ??= []);
  if (!asked.some(({ key }) => key === request.key)) asked.push(request);
  await condition(() => answers[request.key] !== undefined || isOver());
  thread.offersAsked = thread.offersAsked.filter(({ key }) => key !== request.key);
  const answer = answers[request.key];
  delete answers[request.key];
  return answer ?? notAllowed(thread, 'The order has ended');
}

/** Answers every request that is there. */
export async function decideOffers(thread: OrderThread): Promise<void> {
  for (;;) {
    const request = thread.offersAsked?.[0];
    if (!request) return;
    const answer = await ('offerId' in request ? decide(thread, request) : offerToWhoAsks(thread, request));
    thread.offersAsked = thread.offersAsked?.filter(({ key }) => key !== request.key);
    (thread.offersAnswers ??= {})[request.key] = answer;
  }
}

async function decide(thread: OrderThread, request: OfferAnswerRequest): Promise<OfferAnswer> {
  const decided = await answer(thread, request);
  if (decided.outcome !== 'toPay') return follow(thread, request, decided);
  const { orderId, number } = thread;
  const { paymentId, key } = decided;
  const paid = await money.authorizeEdit({ orderId, orderNumber: number, key, paymentId, at: now() });
  if (paid.outcome === 'declined') return goOnUnpaid(thread, request, paid.message);
  const made = await answer(thread, { ...request, isPaid: true });
  if (made.outcome !== 'accepted') await money.dropEdit({ orderId, paymentId, at: now() });
  return follow(thread, request, made);
}

type Decided = Awaited<ReturnType<typeof ledger.answerOffer>>;

async function answer(
  thread: OrderThread,
  { isOfWork, ...request }: OfferAnswerRequest & { isPaid?: true },
): Promise<Decided> {
  // A step under way takes effect or does not before pieces are taken out of its work.
  if (isOfWork) await condition(() => thread.parts.every((part) => !part.isBusy));
  return ledger.answerOffer({ orderId: thread.orderId, round: thread.round + 1, ...request, at: now() });
}

/** Nobody pays what it costs more: it is as if the offer had been refused. */
async function goOnUnpaid(
  thread: OrderThread,
  { offerId, key, isOfWork }: OfferAnswerRequest,
  message: string,
): Promise<OfferAnswer> {
  const reason = `the payment of what it costs more was declined: ${message}`;
  const request = { offerId, key, reason, actor: 'system', ...(isOfWork && { isOfWork }) };
  return follow(thread, request, await answer(thread, request));
}

async function follow(
  thread: OrderThread,
  request: OfferAnswerRequest,
  decided: Decided,
): Promise<OfferAnswer> {
  switch (decided.outcome) {
    case 'invalid':
      return decided;
    case 'notAllowed':
      return notAllowed(thread, decided.because);
    case 'toPay':
      return notAllowed(thread, 'It costs more than was paid for it');
    case 'refused': {
      const { round, cancel } = decided;
      // Pieces at work stay there.
      if (round === null) return { outcome: 'refused', cancel };
      const shortage = thread.shortages?.find(
        ({ rounds, lineIds, then }) => rounds.includes(round) && (!lineIds || then === 'alternative'),
      );
      const isKept = shortage?.then === 'alternative' && shortage.otherwise !== 'cancel';
      if (decided.isLast && isKept) {
        const waiting = decided.waiting.filter(({ lineId }) => isOf(shortage, lineId, round));
        await goWithout(thread, shortage, waiting, 'notTaken');
        thread.isLapseMoved = true;
      }
      return { outcome: 'refused', cancel };
    }
    case 'accepted': {
      thread.round += 1;
      const { quantity, workLeft, fulfillments } = decided;
      const round = workLeft ? roundOf(thread, workLeft) : decided.shortIn;
      thread.arrived.push(...fulfillments.map((each) => ({ ...each, round })));
      // What stands in has come for the pieces that waited, as their own stock would have; those at work never did.
      if (workLeft) followWorkLeft(thread, workLeft);
      else countArrived(thread, { round, destination: fulfillments[0]?.destination, quantity });
      if (decided.isCheaper) giveDifferenceBack(thread, request, decided);
      return { outcome: 'done' };
    }
  }
}

/** Of what had waited itself before it was at work. */
const roundOf = (
  { parts }: OrderThread,
  workLeft: NonNullable<Extract<Decided, { outcome: 'accepted' }>['workLeft']>,
): number | undefined =>
  parts.find((part) => workLeft.some(({ fulfillmentId }) => fulfillmentId === part.fulfillmentId))?.round;

/** What the customer pays less is not captured, or comes back where it was paid already. */
function giveDifferenceBack(
  thread: OrderThread,
  { offerId }: OfferAnswerRequest,
  { lineId, quantity }: { lineId: string; quantity: number },
): void {
  const key = `replaced:${offerId}`;
  const parts = (thread.cancelledParts ??= []);
  if (parts.some((part) => part.key === key)) return;
  const about = {
    key,
    lines: [{ lineId, quantity }],
    reason: 'alternativeAccepted',
    isReplaced: true as const,
  };
  parts.push({ ...about, stage: 'toGiveBack', attempt: 1, isBusy: false });
}
