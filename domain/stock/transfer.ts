import type { FieldProblem } from '../commands';

export const stockTransferStates = ['requested', 'shipped', 'received', 'cancelled'] as const;
export type StockTransferState = (typeof stockTransferStates)[number];
const actions = ['ship', 'receive', 'cancel'] as const;
export type StockTransferAction = (typeof actions)[number];

/** Which action is possible in which state. Serves API, console and tests. */
const allowedFrom: Record<StockTransferAction, StockTransferState> = {
  ship: 'requested',
  // What is under way cannot be called back; it is received, if only to be sent back.
  cancel: 'requested',
  receive: 'shipped',
};

export const allowedTransferActions = (status: StockTransferState): StockTransferAction[] =>
  actions.filter((action) => allowedFrom[action] === status);

const usualTransitMs = 2 * 86_400_000;

/** Supply without a date cannot be announced: when a transfer that leaves now arrives, if nobody says better. */
export const usualArrival = (at: string): string => new Date(Date.parse(at) + usualTransitMs).toISOString();

/** One SKU of a transfer, in pieces. */
export interface TransferLine {
  sku: string;
  quantity: number;
  /** Arrived so far, damaged ones included. */
  received: number;
  lost: number;
}

/** Pieces that arrived together. */
export interface ArrivedLine {
  sku: string;
  /** All that arrived of what was sent, damaged ones included. */
  quantity: number;
  damaged?: number;
  /** Arrived beyond what was sent. */
  surplus?: number;
}

export type ArrivalPlan =
  | {
      outcome: 'arrives';
      arrived: { sku: string; quantity: number; damaged: number; surplus: number }[];
      /** Written off: what is still under way when the transfer is closed short. */
      lost: { sku: string; quantity: number }[];
      isComplete: boolean;
    }
  | { outcome: 'invalid'; problems: FieldProblem[] };

/**
 * What an arrival does to a transfer. No more of it arrives than is under way: what came beyond that is `surplus`, and
 * said to be. `isClosed` says that nothing more will come, and what is missing is lost.
 */
export function planArrival(
  lines: readonly TransferLine[],
  arrived: readonly ArrivedLine[],
  isClosed: boolean,
): ArrivalPlan {
  const problems = arrived.flatMap((line, index) => problemsOf(line, index, lines, arrived));
  if (problems.length > 0) return { outcome: 'invalid', problems };
  const open = lines.map((line) => ({
    sku: line.sku,
    quantity: underWay(line) - (arrived.find(({ sku }) => sku === line.sku)?.quantity ?? 0),
  }));
  const missing = open.filter(({ quantity }) => quantity > 0);
  return {
    outcome: 'arrives',
    arrived: arrived.map(({ sku, quantity, damaged = 0, surplus = 0 }) => ({
      sku,
      quantity,
      damaged,
      surplus,
    })),
    lost: isClosed ? missing : [],
    isComplete: isClosed || missing.length === 0,
  };
}

const underWay = (line: TransferLine): number => line.quantity - line.received - line.lost;

function problemsOf(
  line: ArrivedLine,
  index: number,
  lines: readonly TransferLine[],
  arrived: readonly ArrivedLine[],
): FieldProblem[] {
  const at = (field: string) => `/lines/${index}/${field}`;
  const sent = lines.find(({ sku }) => sku === line.sku);
  if (!sent) return [{ pointer: at('sku'), detail: `"${line.sku}" is not in this transfer` }];
  if (arrived.findIndex(({ sku }) => sku === line.sku) !== index)
    return [{ pointer: at('sku'), detail: `"${line.sku}" is named twice: give its pieces in one line` }];
  const problems: FieldProblem[] = [];
  if (line.quantity > underWay(sent))
    problems.push({
      pointer: at('quantity'),
      detail: `Only ${underWay(sent)} of "${line.sku}" are under way; name what came beyond that as surplus`,
    });
  if ((line.damaged ?? 0) > line.quantity)
    problems.push({ pointer: at('damaged'), detail: `Not more than the ${line.quantity} that arrived` });
  return problems;
}
