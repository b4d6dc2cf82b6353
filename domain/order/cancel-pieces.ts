import { joinTaken, lineInWork, namedIn, placesBeside } from './named-work';

/** Where the pieces of an order line are. */
export interface LinePlaces {
  lineId: string;
  sku: string;
  quantity: number;
  cancelled: number;
  /** Places in the queue for stock, and since when they are held. */
  waiting: readonly { backorderId: number; quantity: number; since?: string }[];
  /** Fulfillments that hold pieces of it; `withSupplier` is work that a supplier has been shown. */
  work: readonly { fulfillmentId: string; status: string; quantity: number }[];
}

export interface AskedPieces {
  lineId: string;
  quantity: number;
}

/** Pieces to be cancelled: wherever they are, or out of the work that is named alone. */
export type CancelledPieces = AskedPieces & { fulfillmentId?: string };

export type CancelPiecesPlan =
  | {
      outcome: 'part';
      fromQueue: { backorderId: number; lineId: string; quantity: number }[];
      fromWork: { fulfillmentId: string; lineId: string; quantity: number }[];
    }
  /** Nothing would be left of the order: it is to be cancelled as a whole. */
  | { outcome: 'whole' }
  | { outcome: 'refused'; because: string }
  | { outcome: 'invalid'; problems: { pointer: string; detail: string }[] };

/** Work whose pieces can still be taken out of it, least begun first. */
export const openForTaking = ['allocated', 'picking', 'atStore'];

const whyNot: Record<string, string> = {
  withSupplier: 'ordered from a supplier: cancel the whole order, or have the supplier refuse',
  packed: 'packed: cancel the whole order, or let them come back as a return',
  readyForPickup: 'ready to be collected: cancel the whole order, or let the customer leave them',
  shipped: 'shipped: they can come back as a return',
  toStore: 'on the way to the store: cancel the whole order, or let the customer leave them there',
  delivered: 'delivered: they can come back as a return',
  returned: 'back already',
};

/**
 * Chooses which pieces of an order's lines are cancelled: first those that still wait for stock, then those that
 * nobody has begun to pick, then those being picked, then those that wait at the store for the rest of their pickup. All of what is asked, or nothing.
 */
export function planCancelPieces(
  places: readonly LinePlaces[],
  asked: readonly CancelledPieces[],
): CancelPiecesPlan {
  const problems = problemsOf(places, asked);
  if (problems.length > 0) return { outcome: 'invalid', problems };
  const wanted = sumsOf(asked);
  if (places.every((line) => line.quantity - line.cancelled === (wanted.get(line.lineId) ?? 0)))
    return { outcome: 'whole' };
  return planTakingOut(places, asked);
}

/** Whence pieces are taken, though it were all of them. Refused when some are packed or have left. */
export function planTakingOut(
  places: readonly LinePlaces[],
  asked: readonly CancelledPieces[],
): Extract<CancelPiecesPlan, { outcome: 'part' | 'refused' }> {
  const named = namedIn(asked);
  const wanted = sumsOf(asked.filter(({ fulfillmentId }) => fulfillmentId === undefined));
  const lines = placesBeside(places, named).filter(({ lineId }) => wanted.has(lineId));
  const short = [
    ...named.flatMap((each) => lineInWork(places, each).filter((line) => cancellable(line) < each.quantity)),
    ...lines.filter((line) => cancellable(line) < wanted.get(line.lineId)!),
  ];
  if (short.length > 0) return { outcome: 'refused', because: short.map(explain).join('; ') };
  const parts = lines.map((line) => takeFrom(line, wanted.get(line.lineId)!));
  return {
    outcome: 'part',
    fromQueue: parts.flatMap(({ fromQueue }) => fromQueue),
    fromWork: joinTaken([...named, ...parts.flatMap(({ fromWork }) => fromWork)]),
  };
}

function sumsOf(pieces: readonly AskedPieces[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { lineId, quantity } of pieces) sums.set(lineId, (sums.get(lineId) ?? 0) + quantity);
  return sums;
}

const sumOf = (pieces: readonly { quantity: number }[]): number =>
  pieces.reduce((sum, { quantity }) => sum + quantity, 0);

const openWork = (line: LinePlaces): LinePlaces['work'] =>
  openForTaking.flatMap((status) => line.work.filter((part) => part.status === status));

/** Pieces of a line that may still be cancelled while others of the order go on. */
const cancellable = (line: LinePlaces): number => sumOf(line.waiting) + sumOf(openWork(line));

function problemsOf(places: readonly LinePlaces[], asked: readonly CancelledPieces[]) {
  const sums = sumsOf(asked);
  const isSame = (a: CancelledPieces, b: CancelledPieces): boolean =>
    a.lineId === b.lineId && a.fulfillmentId === b.fulfillmentId;
  return asked.flatMap((each, index) => {
    const { lineId, fulfillmentId } = each;
    const quantity = sums.get(lineId)!;
    const line = places.find((candidate) => candidate.lineId === lineId);
    const at = `/lines/${index}`;
    if (!line) return [{ pointer: `${at}/lineId`, detail: `The order has no line ${lineId}` }];
    if (fulfillmentId !== undefined && !line.work.some((part) => part.fulfillmentId === fulfillmentId))
      return [
        { pointer: `${at}/fulfillmentId`, detail: `${fulfillmentId} holds no pieces of line ${lineId}` },
      ];
    if (asked.findIndex((other) => isSame(other, each)) < index)
      return [{ pointer: `${at}/lineId`, detail: `Line ${lineId} is named twice: sum its pieces up` }];
    const left = line.quantity - line.cancelled;
    if (quantity <= left) return [];
    const detail = `Line ${lineId} has ${left} pieces that are not cancelled, got ${quantity}`;
    return [{ pointer: `${at}/quantity`, detail }];
  });
}

function explain(line: LinePlaces): string {
  const able = cancellable(line);
  const held = Object.keys(whyNot).flatMap((status) => {
    const pieces = sumOf(line.work.filter((part) => part.status === status));
    return pieces > 0 ? [`${pieces} ${whyNot[status]}`] : [];
  });
  const moving = line.quantity - line.cancelled - sumOf(line.waiting) - sumOf(line.work);
  if (moving > 0) held.push(`${moving} being sourced anew: ask again in a moment`);
  return `Of ${line.sku} ${able} can be cancelled (${held.join(', ')})`;
}

function takeFrom(line: LinePlaces, wanted: number) {
  let left = wanted;
  const take = (there: number): number => {
    const taken = Math.min(left, there);
    left -= taken;
    return taken;
  };
  const { lineId } = line;
  const fromQueue = [...line.waiting]
    .reverse()
    .map(({ backorderId, quantity }) => ({ backorderId, lineId, quantity: take(quantity) }));
  const fromWork = openWork(line).map(({ fulfillmentId, quantity }) => ({
    fulfillmentId,
    lineId,
    quantity: take(quantity),
  }));
  const isAny = ({ quantity }: { quantity: number }): boolean => quantity > 0;
  return { fromQueue: fromQueue.filter(isAny), fromWork: fromWork.filter(isAny) };
}
