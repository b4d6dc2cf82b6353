import { condition, setHandler } from '@temporalio/workflow';
import { isAllowedNow, notAllowed } from './allowed';
import { askForLines } from './change/cancel-lines';
import { withdrawEdit } from './change/awaited-edit';
import { askForEdit } from './change/edit-order';
import { hold, release } from './holds';
import {
  answerOfferUpdate,
  askForOffersUpdate,
  atStoreSignal,
  backorderAllocatedSignal,
  cancelLinesUpdate,
  cancelOrderUpdate,
  collectedSignal,
  deliveredSignal,
  editOrderUpdate,
  holdOrderUpdate,
  notSentSignal,
  packedSignal,
  paymentReceivedSignal,
  purchaseRefusedSignal,
  readyForPickupSignal,
  rejectedSignal,
  releaseOrderUpdate,
  requestReturnUpdate,
  returnInspectedSignal,
  returnReceivedSignal,
  shippedSignal,
  sourceAgainUpdate,
  suppliedSignal,
  undeliveredSignal,
  withdrawEditUpdate,
  workConfirmedSignal,
  type ActionAnswer,
  type EditAnswer,
  type EditRequest,
  type LinesAnswer,
  type LinesRequest,
  type InsteadRequest,
  type OfferAnswerRequest,
  type SourcedFulfillment,
} from './messages';
import { askForOffer } from './supply/offers';
import { hearNotSent } from './supply/send-instead';
import { askToSourceAgain } from './supply/source-again';
import { openReturn } from './return';
import { newsOf, returnNewsOf } from './news';
import type { OrderThread } from './thread';
import { countArrived } from './supply/waiting-counts';

/** Everything that an order listens to. Registered before the first await, so that nothing is missed. */
export function listen(thread: OrderThread): void {
  listenToLocations(thread);
  listenToMoneyAndStock(thread);
  listenToPeople(thread);
}

// Signals, because they report what has happened: Postgres knows it already, and nobody waits for an answer.
function listenToLocations(thread: OrderThread): void {
  setHandler(packedSignal, ({ fulfillmentId }) => void (newsOf(thread, fulfillmentId).packed = true));
  setHandler(
    workConfirmedSignal,
    ({ fulfillmentId }) => void (newsOf(thread, fulfillmentId).confirmed = true),
  );
  setHandler(suppliedSignal, ({ fulfillmentId }) => void (newsOf(thread, fulfillmentId).supplied = true));
  setHandler(shippedSignal, ({ fulfillmentId }) => void (newsOf(thread, fulfillmentId).shipped = true));
  setHandler(
    readyForPickupSignal,
    ({ fulfillmentId }) => void (newsOf(thread, fulfillmentId).readyForPickup = true),
  );
  setHandler(
    atStoreSignal,
    ({ fulfillmentId, short }) =>
      void Object.assign(newsOf(thread, fulfillmentId), { atStore: true, ...(short && { short }) }),
  );
  setHandler(collectedSignal, ({ fulfillmentId }) => void (newsOf(thread, fulfillmentId).collected = true));
  setHandler(
    rejectedSignal,
    ({ fulfillmentId, reason }) => void (newsOf(thread, fulfillmentId).rejected = reason),
  );
  setHandler(deliveredSignal, ({ fulfillmentId }) => void (newsOf(thread, fulfillmentId).delivered = true));
  setHandler(
    undeliveredSignal,
    ({ fulfillmentId, status, pieces }) =>
      void Object.assign(newsOf(thread, fulfillmentId), { undelivered: status, ...(pieces && { pieces }) }),
  );
  setHandler(returnReceivedSignal, ({ returnId }) => void (returnNewsOf(thread, returnId).received = true));
  setHandler(returnInspectedSignal, ({ returnId }) => void (returnNewsOf(thread, returnId).inspected = true));
}

function listenToMoneyAndStock(thread: OrderThread): void {
  setHandler(paymentReceivedSignal, ({ paymentId }) => {
    thread.receivedPayments.push(paymentId);
  });
  setHandler(notSentSignal, (news) => hearNotSent(thread, news));
  setHandler(purchaseRefusedSignal, (refused) => void (thread.refusedPieces ??= []).push(refused));
  setHandler(backorderAllocatedSignal, ({ fulfillments }) => {
    for (const fulfillment of fulfillments) if (!isKnown(thread, fulfillment)) takeUp(thread, fulfillment);
  });
}

const isKnown = (thread: OrderThread, { fulfillmentId }: SourcedFulfillment): boolean =>
  [...thread.parts, ...thread.arrived].some((part) => part.fulfillmentId === fulfillmentId);

function takeUp(thread: OrderThread, fulfillment: SourcedFulfillment): void {
  thread.arrived.push(fulfillment);
  const { round, destination, lines } = fulfillment;
  const quantity = lines.reduce((sum, line) => sum + line.quantity, 0);
  countArrived(thread, { round, destination, quantity });
}

// Updates, because a person asks and must get an answer.
function listenToPeople(thread: OrderThread): void {
  setHandler(cancelOrderUpdate, (request) => askToCancel(thread, request));
  setHandler(editOrderUpdate, (request) => askToEdit(thread, request));
  setHandler(withdrawEditUpdate, (request) => withdrawEdit(thread, request));
  setHandler(cancelLinesUpdate, (request) => askToCancelLines(thread, request));
  setHandler(answerOfferUpdate, (request) => answerOffer(thread, request));
  setHandler(askForOffersUpdate, (request) => askForOffers(thread, request));
  setHandler(sourceAgainUpdate, (request) => askToSourceAgain(thread, request));
  setHandler(holdOrderUpdate, (request) => hold(thread, request));
  setHandler(releaseOrderUpdate, (request) => release(thread, request));
  setHandler(requestReturnUpdate, (request) => openReturn(thread, request));
}

/** The answer is given by the order's own thread, at a place where it knows what it has done so far. */
async function askToCancel(
  thread: OrderThread,
  request: { reason: string; actor: string },
): Promise<ActionAnswer> {
  if (thread.isCancelled) return { outcome: 'done' };
  if (thread.stage === 'afterSale' || !isAllowedNow(thread, 'cancel'))
    return notAllowed(thread, 'Something of the order has left already, or the order is over');
  await condition(() => thread.cancelAsked === null);
  thread.cancelAnswer = null;
  thread.cancelAsked = request;
  await condition(() => thread.cancelAnswer !== null || thread.stage === 'ended');
  return thread.cancelAnswer ?? notAllowed(thread, 'The order has ended');
}

/** Pieces that are all there is left are the order. */
async function askToCancelLines(thread: OrderThread, request: LinesRequest): Promise<LinesAnswer> {
  const answer = await (isSetUpYet(thread)
    ? askForEdit(thread, asEdit(request))
    : askForLines(thread, request));
  if (answer.outcome === 'whole') return askToCancel(thread, request);
  return answer.outcome === 'declined' ? notAllowed(thread, answer.message) : answer;
}

/** What is not shown to its locations yet simply becomes smaller. Orders of before that must wait until it is. */
const isSetUpYet = ({ stage, settings }: OrderThread): boolean =>
  stage === 'begin' && settings.remorseWithinMs !== undefined;

const asEdit = ({ lines, ...request }: LinesRequest): EditRequest => ({
  ...request,
  edit: { cancel: lines },
});

/** An edit that leaves nothing is a cancellation, and to be asked for as one. */
async function askToEdit(thread: OrderThread, request: EditRequest): Promise<EditAnswer> {
  const answer = await askForEdit(thread, request);
  if (answer.outcome !== 'whole') return answer;
  return {
    outcome: 'invalid',
    problems: [{ pointer: '/lines', detail: 'Nothing would be left: cancel the order' }],
  };
}

/** Pieces of a refused offer may be cancelled by it, as if the customer had asked for that. */
async function answerOffer(thread: OrderThread, request: OfferAnswerRequest): Promise<LinesAnswer> {
  const answer = await askForOffer(thread, request);
  if (answer.outcome !== 'refused') return answer;
  if (answer.cancel.length === 0) return { outcome: 'done' };
  const { offerId, actor } = request;
  const asked = { key: `refused:${offerId}`, lines: answer.cancel, reason: 'alternativeRefused', actor };
  await askToCancelLines(thread, asked);
  return { outcome: 'done' };
}

/** Nothing is refused where nothing was answered. */
async function askForOffers(thread: OrderThread, request: InsteadRequest): Promise<LinesAnswer> {
  const answer = await askForOffer(thread, request);
  return answer.outcome === 'refused' ? { outcome: 'done' } : answer;
}
