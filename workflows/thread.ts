import type { Hold } from '../domain/order/hold';
import type { OrderSettings } from '../domain/order/settings';
import type { PlacedOrder } from '../domain/order/types';
import type {
  ActionAnswer,
  EditAnswer,
  EditRequest,
  LinesAnswer,
  LinesRequest,
  NotSentNews,
  OfferAnswer,
  OfferAnswerRequest,
  InsteadRequest,
  SourceAgainRequest,
  SourcedFulfillment,
} from './messages';
import type { News, ReturnNews } from './news';
import type { CancelledPart, Part, ReturnPart } from './fulfillment/parts';
import type { Shortage } from './supply/short-pieces';
import { openPieces, type WaitingCounts } from './supply/waiting-counts';

/** An edit that makes the order dearer, and waits for a bank transfer. */
export interface AwaitedEdit {
  request: EditRequest;
  paymentId: string;
  /** Ms since the epoch; of the reminder, while none was sent. */
  until: number;
  remindAt?: number;
}

/** All that an order's workflow knows, as plain JSON: it is carried over when the order goes on in a new run. */
export interface OrderThread extends WaitingCounts {
  orderId: string;
  number: string;
  settings: OrderSettings;
  stage: 'begin' | 'fulfil' | 'afterSale' | 'ended';
  isConfirmed: boolean;
  /** Steps that reach outside are tried at once first. Absent in orders that began before they were. */
  triesAtOnce?: true;
  /** How often the order was sourced. */
  round: number;
  parts: Part[];
  news: Record<string, News>;
  /** Fulfillments that came of stock that came in, not taken up yet. */
  arrived: SourcedFulfillment[];
  /** Whatever may still wait for stock. Absent in orders of which all was there. */
  shortages?: Shortage[];
  /** Nothing leaves before all is there. */
  waitsTogether?: true;
  /** Destinations of which nothing leaves before all of their own is there; "": the order's own address. */
  collectedFor?: string[];
  /** Work that is set aside until what it is to leave with is there. */
  heldBack?: string[];
  /** Destinations of which what is collected becomes one pickup: it waits at the store for what waits for stock. */
  gatheredFor?: string[];
  /** The same of all that is collected, in orders sourced before destinations were told. */
  gathersAll?: true;
  /** Asked by people: what waits is to be sourced again. */
  sourceAsked?: SourceAgainRequest[];
  /** Pieces that were sent to a store and never arrived there, to be sourced anew. Absent where all did. */
  lostPieces?: LinesRequest['lines'];
  /** Of transfers, what does not come. Absent where all did. */
  notSent?: (NotSentNews & { isDone?: true })[];
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
  returnNews: Record<string, ReturnNews>;
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
  /** Wishes for alternatives and answers to offers that are to be decided, and what came of them by key. */
  offersAsked?: (OfferAnswerRequest | InsteadRequest)[];
  offersAnswers?: Record<string, OfferAnswer>;
  /** An answer moved a deadline that is being waited for. */
  isLapseMoved?: true;
  /** Edits asked for, and their answers by key. Absent in orders that nobody changed. */
  editsAsked?: EditRequest[];
  editAnswers?: Record<string, EditAnswer | { outcome: 'whole' }>;
  /** An edit that waits for its money. Absent in orders of which none ever did. */
  awaitedEdit?: AwaitedEdit;
  isEditFollowed?: true;
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
  delete thread.isEditFollowed;
  return thread;
}

/** Everything that has a routine of its own. */
export const routinesOf = (thread: OrderThread): { isBusy: boolean }[] => [
  ...thread.parts,
  ...thread.returns,
  ...(thread.cancelledParts ?? []),
];
