import { setGivenUp } from '../../../../workflows/supply/waiting-counts';
import { orderOf, shelfOf, type Model, type Order, type Transfer, type Waiting } from './model';

/** Pieces of transfers that are meant for lines of an order: what is under way first, then the larger transfer. */
export function meantFor(
  model: Model,
  lines: readonly Waiting[],
  of: readonly Waiting[] = lines,
): Map<string, number> {
  const wanted = new Map(lines.map(({ id, open }) => [id, open]));
  const meant = new Map<string, number>();
  for (const transfer of comingFor(model, lines)) {
    let left = comingOf(transfer);
    for (const id of [...transfer.awaitedBy!].sort((a, b) => a - b)) {
      const pieces = Math.min(left, wanted.get(id) ?? 0);
      left -= pieces;
      wanted.set(id, (wanted.get(id) ?? 0) - pieces);
      if (of.some((line) => line.id === id)) meant.set(transfer.id, (meant.get(transfer.id) ?? 0) + pieces);
    }
  }
  return meant;
}

/** What is still to come by a transfer. */
export const comingOf = ({ state, quantity, underWay }: Transfer): number =>
  state === 'requested' ? quantity : state === 'shipped' ? underWay : 0;

function comingFor({ transfers }: Model, lines: readonly Waiting[]): Transfer[] {
  const isFirst = (a: Transfer, b: Transfer): number =>
    Number(b.state === 'shipped') - Number(a.state === 'shipped') ||
    comingOf(b) - comingOf(a) ||
    (a.id < b.id ? -1 : 1);
  return transfers
    .filter(({ awaitedBy = [] }) => awaitedBy.some((id) => lines.some((line) => line.id === id)))
    .filter((transfer) => comingOf(transfer) > 0)
    .sort(isFirst);
}

export const waitingOf = ({ queue }: Model, orderId: string): Waiting[] =>
  queue.filter((line) => line.orderId === orderId && line.open > 0);

/** Pieces of an order's lines that nothing is to bring; of those alone that may be supplied by what is sent. */
export function missingOf(model: Model, orderId: string, lines = waitingOf(model, orderId)): number {
  const meant = meantFor(model, waitingOf(model, orderId), lines);
  return lines.reduce((sum, { open }) => sum + open, 0) - sumOf([...meant.values()]);
}

const sumOf = (figures: readonly number[]): number => figures.reduce((sum, figure) => sum + figure, 0);

/** Its workflow hears what was given up, and where that waited. */
export function heardGivenUp(
  { counts }: Order,
  pieces: readonly { round?: number; destination?: string; quantity: number }[],
): void {
  setGivenUp(counts, sumOf(pieces.map(({ quantity }) => quantity)), pieces);
}

/** Whoever waits for a transfer that its location refused is not supplied from there. */
export function refuseTo(model: Model, { awaitedBy = [], from }: Transfer): void {
  for (const line of model.queue.filter(({ id }) => awaitedBy.includes(id))) {
    line.excluded.push(from);
    orderOf(model, line).excluded.push(from);
  }
}

/** An order that still waits for something of a transfer that nothing is to bring hears of it. */
export function noteMissing(model: Model, transfer: Transfer, key: string): void {
  const { awaitedBy = [], id } = transfer;
  const lines = model.queue.filter((each) => awaitedBy.includes(each.id) && each.open > 0);
  const [line] = lines;
  if (!line || missingOf(model, line.orderId, lines) === 0) return;
  model.missed.push({ orderId: line.orderId, transferId: id, key: `${id}:${key}`, round: line.round });
}

/** Asked for an order, and not on its way. */
export const isAwaited = ({ state, orderId }: Transfer): boolean =>
  state === 'requested' && orderId !== undefined;

/** Nothing is sent any more that was asked for an order and has not left. */
export function callOff(model: Model, orderId: string): void {
  for (const transfer of model.transfers.filter(isAwaited).filter((each) => each.orderId === orderId))
    shrink(model, transfer, 0);
}

/** What its lines do not wait for any more is not sent; whether there was anything. */
export function callOffNotNeeded(model: Model, orderId: string): boolean {
  const meant = meantFor(model, waitingOf(model, orderId));
  const excess = model.transfers
    .filter((transfer) => isAwaited(transfer) && transfer.orderId === orderId)
    .filter(({ id, quantity }) => (meant.get(id) ?? 0) < quantity);
  for (const transfer of excess) shrink(model, transfer, meant.get(transfer.id) ?? 0);
  return excess.length > 0;
}

function shrink(model: Model, transfer: Transfer, quantity: number): void {
  shelfOf(model, transfer.sku, transfer.from).allocated -= transfer.quantity - quantity;
  if (quantity === 0) transfer.state = 'cancelled';
  else transfer.quantity = quantity;
}
