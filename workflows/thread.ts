import { condition } from '@temporalio/workflow';
import type { Hold } from '../domain/order/hold';
import type { OrderSettings } from '../domain/order/settings';
import type { PlacedOrder } from '../domain/order/types';
import type { EndedPieces } from '../domain/shipping/parcels-end';
import type { ShortageRule } from '../domain/sourcing/shortage-rule';
import type {
  ActionAnswer,
  EditAnswer,
  EditRequest,
  LinesAnswer,
  LinesRequest,
  OfferAnswer,
  OfferAnswerRequest,
  ReturnRequest,
  SourceAgainRequest,
  SourcedFulfillment,
} from './messages';

/** What has been heard of a fulfillment; facts that never become untrue again. */
export interface News {
  packed?: true;
  shipped?: true;
  /** Of a supplier: it will do the work; it shipped with a carrier of its own. */
  confirmed?: true;
  supplied?: true;
  readyForPickup?: true;
  collected?: true;
  delivered?: true;
  rejected?: string;
  undelivered?: 'returned' | 'lost';
  /** With `undelivered`: where each piece ended. */
  pieces?: EndedPieces;
}

export type PartStage =
  'toPrepare' | 'toSupply' | 'toBook' | 'toHandOver' | 'toCollect' | 'toSettle' | 'toDeliver' | 'over';

export type PartResult =
  'delivered' | 'partlyDelivered' | 'rejected' | 'undelivered' | 'notCollected' | 'cancelled';

/** What left the house, whatever became of it. */
export const whenLeft: readonly PartResult[] = ['delivered', 'partlyDelivered', 'undelivered'];

/** One fulfillment on its way. */
export interface Part extends SourcedFulfillment {
  stage: PartStage;
  /** When the location must have acted, ms since the epoch. */
  actBefore: number;
  /** Until when the stage may last, ms since the epoch; set when it is first waited for. */
  deadline?: number;
  /** A step is under way: a cancellation, or a new run, waits for its end. */
  isBusy: boolean;
  /** All its pieces were cancelled, and the rest of the order goes on. */
  isTakenBack?: true;
  /** What follows from the result has been done. */
  isSettled?: true;
  /** When it was handed over, ms since the epoch; of what a till recorded later. */
  arrivedAt?: number;
  /** How often a supplier was reminded. */
  reminders?: number;
  result?: PartResult;
}

export interface ReturnPart {
  returnId: string;
  mode: ReturnRequest['mode'];
  stage: 'toLabel' | 'toReceive' | 'toInspect' | 'toRefund' | 'over';
  deadline?: number;
  isBusy: boolean;
}

/** Pieces that were cancelled and whose money is to go back. */
export interface CancelledPart {
  key: string;
  lines: LinesRequest['lines'];
  reason: string;
  /** The customer has been told by another mail. */
  isTold?: true;
  /** Nothing was cancelled: something cheaper stands in, and the customer knows. */
  isReplaced?: true;
  /** They were taken out by an edit, which may also have added some. */
  isEdit?: true;
  stage: 'toGiveBack' | 'over';
  /** Counts definite refusals of the refund. */
  attempt: number;
  isBusy: boolean;
}

/** Pieces that nobody had when they were sourced, and what becomes of them. */
export interface Shortage {
  /** In which they were short; none: whatever waits. */
  rounds: number[];
  lines: LinesRequest['lines'];
  /** What the rules say; absent in orders sourced before rules were acted upon. */
  then?: ShortageRule['then'];
  owner?: string;
  /** How long the rules give it, ms; and what follows where no alternative is taken, or no transfer comes. */
  withinMs?: number;
  otherwise?: ShortageRule['otherwise'];
  /** Locations were asked to send them. */
  isSent?: true;
  /** Why nothing goes on by itself until a person has decided. */
  needsPerson?: string;
  /** It waits as long as the channel allows, and no action of its own follows. */
  isPlain?: true;
  /** How long they wait, ms since the epoch. */
  until: number;
  /** What was given up of them; whether the order's confirmation tells it. */
  givenUp?: (LinesRequest['lines'][number] & { round: number })[];
  isTold?: true;
}

/** All that an order's workflow knows, as plain JSON: it is carried over when the order goes on in a new run. */
export interface OrderThread {
  orderId: string;
  number: string;
  settings: OrderSettings;
  stage: 'begin' | 'fulfil' | 'afterSale' | 'ended';
  isConfirmed: boolean;
  /** How often the order was sourced. */
  round: number;
  parts: Part[];
  news: Record<string, News>;
  /** Fulfillments that came of stock that came in, not taken up yet. */
  arrived: SourcedFulfillment[];
  /** Pieces that ever waited for stock, pieces that got some, and pieces that were given up. */
  waitedPieces: number;
  arrivedPieces: number;
  givenUpPieces: number;
  /** Whatever may still wait for stock. Absent in orders of which all was there. */
  shortages?: Shortage[];
  /** Nothing leaves before all is there; work that is set aside until then. */
  waitsTogether?: true;
  heldBack?: string[];
  /** Asked by people: what waits is to be sourced again. */
  sourceAsked?: SourceAgainRequest[];
  /** Lines that nobody will buy. */
  refusedPieces?: { lineId: string; round: number }[];
  /** Of orders that began before shortages were kept one by one. */
  backorderUntil?: number;
  receivedPayments: string[];
  holds: number;
  isHeld: boolean;
  /** What holds it now, by deadline; `isTold`: the deadline passed. Absent in orders that never were on hold. */
  openHolds?: (Pick<Hold, 'key' | 'until' | 'then'> & { isTold?: true })[];
  releasedHolds?: string[];
  areHoldsFollowed?: boolean;
  isHoldChanging?: boolean;
  /** Pieces were cancelled or never collected: money beyond what left goes back. */
  hasGivenUp: boolean;
  returns: ReturnPart[];
  returnNews: Record<string, { received?: true; inspected?: true }>;
  isRefunding: boolean;
  lastDeliveredAt: number;
  /** When the return window closes, ms since the epoch. */
  windowUntil: number;
  cancelAsked: { reason: string; actor: string } | null;
  cancelAnswer: ActionAnswer | null;
  isCancelled: boolean;
  /** Of an internal order: the place of ours that its goods go to. */
  toLocationId?: string;
  /**
   * Pieces asked to be cancelled, the answers to that by key (`whole`: nothing would be left), what fulfillments
   * hold since, and the money that goes back. Absent in orders of which no pieces ever were.
   */
  linesAsked?: LinesRequest[];
  linesAnswers?: Record<string, LinesAnswer | { outcome: 'whole' }>;
  workLeft?: Record<string, LinesRequest['lines']>;
  cancelledParts?: CancelledPart[];
  /** Answers to offers of alternatives that are to be decided, and the decisions by key. Absent where none were made. */
  offersAsked?: OfferAnswerRequest[];
  offersAnswers?: Record<string, OfferAnswer>;
  /** An answer moved a deadline that is being waited for. */
  isLapseMoved?: true;
  /** Edits asked for, and their answers by key. Absent in orders that nobody changed. */
  editsAsked?: EditRequest[];
  editAnswers?: Record<string, EditAnswer | { outcome: 'whole' }>;
  /** It was changed before it was confirmed: what waits for stock is to be looked up. */
  isEditedEarly?: true;
  /** Until when the customer may change it, ms since the epoch. */
  remorseUntil?: number;
  /** RFC 3339: until when a transfer is awaited. */
  payBefore?: string;
}

type Placed = Pick<PlacedOrder, 'id' | 'number' | 'delivery'>;

export function newThread({ delivery, ...order }: Placed): OrderThread {
  const { toLocationId } = delivery;
  return {
    ...(toLocationId !== undefined && { toLocationId }),
    orderId: order.id,
    number: order.number,
    settings: {} as OrderSettings,
    stage: 'begin',
    isConfirmed: false,
    round: 0,
    parts: [],
    news: {},
    arrived: [],
    waitedPieces: 0,
    arrivedPieces: 0,
    givenUpPieces: 0,
    receivedPayments: [],
    holds: 0,
    isHeld: false,
    hasGivenUp: false,
    returns: [],
    returnNews: {},
    isRefunding: false,
    lastDeliveredAt: 0,
    windowUntil: 0,
    cancelAsked: null,
    cancelAnswer: null,
    isCancelled: false,
  };
}

/** What a former run carried over. Its steps ended with it, whether they took effect or not. */
export function resumedThread(thread: OrderThread): OrderThread {
  for (const part of routinesOf(thread)) part.isBusy = false;
  thread.isRefunding = false;
  if (thread.backorderUntil && openPieces(thread) > 0)
    thread.shortages ??= [{ rounds: [], lines: [], until: thread.backorderUntil }];
  delete thread.areHoldsFollowed;
  delete thread.isHoldChanging;
  return thread;
}

/** Everything that has a routine of its own. */
export const routinesOf = (thread: OrderThread): { isBusy: boolean }[] => [
  ...thread.parts,
  ...thread.returns,
  ...(thread.cancelledParts ?? []),
];

/** Pieces that wait for stock now. */
export const openPieces = (thread: OrderThread): number =>
  thread.waitedPieces - thread.arrivedPieces - thread.givenUpPieces;

/** Nothing of the order leaves yet: some of it still waits for stock, and all is to leave together. */
export const waitsForRest = (thread: OrderThread): boolean =>
  thread.waitsTogether === true && (openPieces(thread) > 0 || thread.arrived.length > 0);

export const isHeldBack = ({ heldBack = [] }: OrderThread, { fulfillmentId }: Part): boolean =>
  heldBack.includes(fulfillmentId);

/** The workflow's own time, for everything that it has written down. */
export const now = (): string => new Date(Date.now()).toISOString();
export const isoOf = (ms: number): string => new Date(ms).toISOString();

export const newsOf = (thread: OrderThread, fulfillmentId: string): News =>
  (thread.news[fulfillmentId] ??= {});

export const returnNewsOf = (thread: OrderThread, returnId: string) => (thread.returnNews[returnId] ??= {});

/** Waits for one of several things or a deadline; false when the deadline passed. A past deadline still looks once. */
export async function waitUntil(what: () => boolean, deadline: number | null): Promise<boolean> {
  if (what()) return true;
  if (deadline === null) {
    await condition(what);
    return true;
  }
  const left = deadline - Date.now();
  return left > 0 ? condition(what, left) : false;
}

/** Runs a step of a fulfillment or return that must not be cut off. */
export async function whileBusy<T>(part: { isBusy: boolean }, step: () => Promise<T>): Promise<T> {
  part.isBusy = true;
  try {
    return await step();
  } finally {
    part.isBusy = false;
  }
}

/** The deadline of the stage that a part is in: begins once, and survives a new run. */
export const deadlineOf = (part: { deadline?: number }, ms: number): number =>
  (part.deadline ??= Date.now() + ms);
