import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { HoldEnd, HoldType } from '../domain/order/hold';
import type { OrderEdit } from '../domain/order/order-edit';
import type { PlacedOrder } from '../domain/order/types';
import type { FulfillmentMode } from '../domain/shipping/fulfillment-actions';
import type { EndedPieces, Pieces } from '../domain/shipping/parcels-end';

/** Wire names. They are in the histories of running orders: never rename one. */
export const orderWorkflowType = 'order';
export const ordersTaskQueue = 'orders';

export interface OrderInput {
  order: PlacedOrder;
  /** Set when the order went on in a new run: everything the workflow knows, as plain JSON. */
  resumed?: unknown;
}

/** What the order memo holds, so that a duplicate can be answered before the first is in Postgres. */
export interface OrderMemo {
  orderId: string;
  number: string;
  /** Its local activities are done one after the other: see `in-turn.ts`. Absent in orders of before. */
  takesTurns?: true;
  /** What comes while one is under way is heard when it is over. Absent in orders of before. */
  hearsInTurn?: true;
}

// Signals: what the world reports. Facts are in Postgres before the signal; repeating one does no harm.

export interface FulfillmentNews {
  fulfillmentId: string;
}
export const packedSignal = defineSignal<[FulfillmentNews]>('packed');
export const shippedSignal = defineSignal<[FulfillmentNews]>('shipped');
export const readyForPickupSignal = defineSignal<[FulfillmentNews]>('readyForPickup');
/** It lies in the store at which it is collected, where others of the same pickup may be missing; `short` did not come. */
export const atStoreSignal = defineSignal<[FulfillmentNews & { short?: Pieces[] }]>('atStore');
export const collectedSignal = defineSignal<[FulfillmentNews]>('collected');
/** A supplier will do the work. */
export const workConfirmedSignal = defineSignal<[FulfillmentNews]>('workConfirmed');
/** A supplier shipped with a carrier of its own: nothing is to be booked. */
export const suppliedSignal = defineSignal<[FulfillmentNews]>('supplied');
export const rejectedSignal = defineSignal<[FulfillmentNews & { reason: string }]>('rejected');
export const deliveredSignal = defineSignal<[FulfillmentNews]>('delivered');
/** `pieces`: where each ended; orders that began before it was told hear the status alone. */
export const undeliveredSignal =
  defineSignal<[FulfillmentNews & { status: 'returned' | 'lost'; pieces?: EndedPieces }]>('undelivered');

/** Stock came in and was given to waiting lines: new work for locations. */
export const backorderAllocatedSignal =
  defineSignal<[{ fulfillments: SourcedFulfillment[] }]>('backorderAllocated');
/** Nobody will buy what a line was short of in a round of sourcing. */
export const purchaseRefusedSignal = defineSignal<[{ lineId: string; round: number }]>('purchaseRefused');
/** Something of a transfer that lines wait for does not come; `isRefused`: its location will not send it. */
export interface NotSentNews {
  key: string;
  transferId: string;
  lines: { lineId: string; round: number }[];
  isRefused?: true;
}
export const notSentSignal = defineSignal<[NotSentNews]>('notSent');
export const paymentReceivedSignal = defineSignal<[{ paymentId: string }]>('paymentReceived');
export const returnReceivedSignal = defineSignal<[{ returnId: string }]>('returnReceived');
export const returnInspectedSignal = defineSignal<[{ returnId: string }]>('returnInspected');

export interface SourcedFulfillment {
  fulfillmentId: string;
  locationId: string;
  mode: FulfillmentMode;
  /** Of what is sent there: the store at which it is collected. */
  pickupLocationId?: string;
  /** How long the location may take to pack or make ready. */
  actWithinMs: number;
  lines: { lineId: string; quantity: number }[];
  /** The work lies at a supplier. */
  isDropship?: true;
  /** Which of the order's destinations it goes to, where there are several. */
  destination?: string;
  /** Of what waited for stock: the round of sourcing in which it was short. */
  round?: number;
}

// Updates: what a person asks and must get an answer to.

export type ActionAnswer =
  { outcome: 'done' } | { outcome: 'notAllowed'; because: string; allowed: string[] };

export const cancelOrderUpdate = defineUpdate<ActionAnswer, [{ reason: string; actor: string }]>(
  'cancelOrder',
);
/** Some pieces of an order; the rest of it goes on. */
export interface LinesRequest {
  /** Names the request: the same key cancels once. */
  key: string;
  /** Where a fulfillment is named, out of it alone. */
  lines: { lineId: string; quantity: number; fulfillmentId?: string }[];
  reason: string;
  actor: string;
}
export type LinesAnswer =
  ActionAnswer | { outcome: 'invalid'; problems: { pointer: string; detail: string }[] };
export const cancelLinesUpdate = defineUpdate<LinesAnswer, [LinesRequest]>('cancelLines');

/** The customer's answer to an offer of something else. */
export interface OfferAnswerRequest {
  /** Names the request: the same key answers once. */
  key: string;
  offerId: string;
  /** What is chosen; nothing: it is refused. */
  sku?: string;
  /** What staff say who answer for the customer. */
  reason?: string;
  /** The pieces that it is about are at work. Absent in answers of before such offers were made. */
  isOfWork?: true;
  actor: string;
}
/** `refused`: the pieces that are to be cancelled now. */
export type OfferAnswer = LinesAnswer | { outcome: 'refused'; cancel: LinesRequest['lines'] };
/** Somebody who waits asks what there is instead. */
export interface InsteadRequest {
  /** Names the request: the same key asks once. */
  key: string;
  /** Of pieces at work that come late, too. Absent in requests of before these could be replaced. */
  isForLate?: true;
  actor: string;
}
export const askForOffersUpdate = defineUpdate<LinesAnswer, [InsteadRequest]>('askForOffers');
export const answerOfferUpdate = defineUpdate<LinesAnswer, [OfferAnswerRequest]>('answerOffer');
/** Changes to an order, all of them or none. */
export interface EditRequest {
  /** Names the request: the same key edits once. */
  key: string;
  edit: OrderEdit;
  /** The version that whoever asks has seen. */
  version?: number;
  reason?: string;
  actor: string;
  /** The customer asks, and may only while nobody works on the order. */
  isCustomer?: true;
  /** The order itself asks: what it waited for has come, or will not. */
  due?: 'paid' | EditNotMade;
}
export type EditNotMade = 'notPaid' | 'withdrawn';
export type EditAnswer = LinesAnswer | { outcome: 'declined'; message: string };
/** Takes back the edit that waits for its money. */
export const withdrawEditUpdate = defineUpdate<ActionAnswer, [{ key: string; actor: string }]>(
  'withdrawEdit',
);
export const editOrderUpdate = defineUpdate<EditAnswer, [EditRequest]>('editOrder');

export interface HoldRequest {
  /** Names the hold. */
  key: string;
  /** `manual` unless told. */
  type?: HoldType;
  reason: string;
  /** Who is to look at it; who does by the channel's settings, unless told. */
  owner?: string;
  /** RFC 3339. */
  until?: string;
  /** As its type has it, unless told. */
  then?: HoldEnd;
  actor: string;
}
export const holdOrderUpdate = defineUpdate<ActionAnswer, [HoldRequest]>('holdOrder');

export interface ReleaseRequest {
  /** All that hold the order, unless told. */
  holdId?: string;
  actor: string;
}
export const releaseOrderUpdate = defineUpdate<LinesAnswer, [ReleaseRequest]>('releaseOrder');

/** What waits is sourced by the rules of now, or taken from the location that a person chose. */
export interface SourceAgainRequest {
  key: string;
  locationId?: string;
  /** The order itself asks: transfers have not come in time. */
  afterTransfer?: 'backorder' | 'split';
  /** Of what was short in these rounds, and of these lines alone. */
  rounds?: number[];
  lineIds?: string[];
  actor: string;
}
export const sourceAgainUpdate = defineUpdate<ActionAnswer, [SourceAgainRequest]>('sourceAgain');

export interface ReturnRequest {
  returnId: string;
  lines: { lineId: string; quantity: number; reason: string }[];
  mode: 'parcel' | 'store' | 'keep';
  refundTo: 'tenders' | 'storeCredit';
  actor: string;
}
export type ReturnAnswer =
  | { outcome: 'done'; returnId: string }
  | { outcome: 'notAllowed'; because: string; allowed: string[] }
  | { outcome: 'invalid'; problems: { pointer: string; detail: string }[] };
export const requestReturnUpdate = defineUpdate<ReturnAnswer, [ReturnRequest]>('requestReturn');

// Imports of stock levels: one workflow a location, so that its feeds are applied in their order.

export const stockFeedWorkflowType = 'stockFeed';
export interface StockFeedInput {
  locationId: string;
}
export const stockFeedAcceptedSignal = defineSignal('stockFeedAccepted');

/** Where imports are done: a queue of their own beside that of the orders. */
export const feedTaskQueueBeside = (ordersQueue: string): string => `${ordersQueue}-feeds`;

// Rules that are tried on past orders: one workflow each.

export const ruleSimulationWorkflowType = 'ruleSimulation';
export interface RuleSimulationInput {
  simulationId: string;
}

/** Where rules are tried: a queue of their own, so that neither orders nor imports wait behind. */
export const simulationTaskQueueBeside = (ordersQueue: string): string => `${ordersQueue}-simulations`;
