import type { LinesRequest, ReturnRequest, SourcedFulfillment } from '../messages';

export type PartStage =
  | 'toPrepare'
  | 'toSupply'
  | 'toBook'
  | 'toHandOver'
  | 'toArrive'
  | 'toGather'
  | 'toCollect'
  | 'toSettle'
  | 'toDeliver'
  | 'over';

/** `gathered`: it is a part of a pickup by now; `neverArrived`: at the store that it was sent to. */
export type PartResult =
  | 'delivered'
  | 'partlyDelivered'
  | 'rejected'
  | 'undelivered'
  | 'notCollected'
  | 'gathered'
  | 'neverArrived'
  | 'cancelled';

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

/** To a customer it is sold; what goes to a store for them is still ours. */
export const whenHandedOver = ({ mode }: Part): PartStage =>
  mode === 'shipToStore' ? 'toArrive' : 'toSettle';

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
